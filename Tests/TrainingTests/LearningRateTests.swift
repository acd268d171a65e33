import Recipes
import Testing
import Training

@Suite struct LearningRateTests {
  private func factors(
    _ shape: LearningRateSchedule.Shape, warmup: String = "0", at iterations: [Int],
    perEpoch: Int = 10, total: Int = 100
  ) -> [Double] {
    let schedule = LearningRateSchedule(warmup: Step(warmup)!, shape: shape)
    return iterations.map { schedule.factor(at: $0, perEpoch: perEpoch, total: total) }
  }

  @Test func constantIsOne() {
    #expect(factors(.constant, at: [0, 1, 99, 100, 1000]) == [1, 1, 1, 1, 1])
  }

  @Test func warmupRisesLinearlyFromZero() {
    #expect(
      factors(.constant, warmup: "4it", at: [0, 1, 2, 3, 4, 5]) == [0, 0.25, 0.5, 0.75, 1, 1])
    #expect(factors(.constant, warmup: "2ep", at: [0, 5, 10, 19, 20]) == [0, 0.25, 0.5, 0.95, 1])
  }

  @Test func stepsMultiplyAtEachMilestone() {
    let steps = LearningRateSchedule.Shape.steps(
      milestones: [Step("3ep")!, Step("50it")!, Step("5ep10it")!], factor: 0.5)
    #expect(
      factors(steps, at: [0, 29, 30, 49, 50, 59, 60, 99]) == [
        1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125,
      ])
    // Epochs count by their length.
    #expect(factors(steps, at: [59, 60, 75], perEpoch: 20) == [0.5, 0.25, 0.25])
  }

  @Test func warmupMultipliesWhatFollowsIt() {
    let steps = LearningRateSchedule.Shape.steps(milestones: [Step("2it")!], factor: 0.1)
    let found = factors(steps, warmup: "4it", at: [1, 2, 4])
    for (value, wanted) in zip(found, [0.25, 0.05, 0.1]) { #expect(abs(value - wanted) < 1e-15) }
  }

  @Test func cosineFallsFromOneToItsEnd() {
    for (final, middle) in [(0.0, 0.5), (0.2, 0.6)] {
      let found = factors(.cosine(final: final), at: [0, 50, 100, 150])
      for (value, wanted) in zip(found, [1, middle, final, final]) {
        #expect(abs(value - wanted) < 1e-15)
      }
    }
    // cos 60° = ½ a third of the way.
    #expect(abs(factors(.cosine(final: 0), at: [20], total: 60)[0] - 0.75) < 1e-15)
  }

  @Test func linearDecayIsThePublishedScheduleOfCurves() {
    let shape = LearningRateSchedule.Shape.linearDecay(from: 0.5, to: 0.9, final: 0.01)
    // Garipov et al.: 1 up to half, 1 − (α − 0.5) / 0.4 · 0.99 up to nine tenths, then 0.01.
    let found = factors(shape, at: [0, 50, 70, 90, 99])
    for (value, wanted) in zip(found, [1, 1, 0.505, 0.01, 0.01]) {
      #expect(abs(value - wanted) < 1e-12)
    }
  }

  @Test func cosineBeginsAfterWarmup() {
    let found = factors(.cosine(final: 0), warmup: "2ep", at: [0, 10, 20, 60, 100])
    for (value, wanted) in zip(found, [0, 0.5, 1, 0.5, 0]) { #expect(abs(value - wanted) < 1e-15) }
  }

  @Test func aTrainingShorterThanItsWarmupOnlyRises() {
    #expect(
      factors(.cosine(final: 0), warmup: "20it", at: [0, 5, 9], total: 10) == [0, 0.25, 0.45])
  }
}
