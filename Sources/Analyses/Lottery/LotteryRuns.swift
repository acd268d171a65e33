import Recipes
import Statistics
import Suites

/// The runs of a lottery suite by what they stand for.
struct LotteryRuns {
  let settings: LotterySettings
  /// Every run.
  let all: [LotteryRun]
  private let places: [Place: [LotteryRun]]

  /// What the runs of an arm at one density have in common.
  private struct Place: Hashable {
    let arm: LotteryArm
    let isTransferred: Bool
    let rewind: Int
    let density: Density
  }

  init(_ runs: [LotteryRun], _ settings: LotterySettings) {
    (all, self.settings) = (runs, settings)
    places = Dictionary(grouping: runs) {
      Place(
        arm: $0.arm, isTransferred: $0.isTransferred, rewind: $0.rewind, density: $0.density)
    }
  }

  /// The runs of an arm at one density; of the dense network whatever the density.
  func callAsFunction(
    _ group: LotteryAnalysis.Group, _ arm: LotteryArm, _ density: Density
  ) -> [LotteryRun] {
    // The dense network trains from initialization; one of the suite's own dataset serves all rewinding steps.
    let isDense = arm == .dense
    let place = Place(
      arm: arm, isTransferred: group.isTransferred,
      rewind: isDense && !group.isTransferred ? 0 : group.rewind,
      density: isDense ? .one : density)
    return places[place] ?? []
  }

  /// One run per replicate: several draws of one count as their mean, and as failed where any failed.
  func compared(
    _ group: LotteryAnalysis.Group, _ arm: LotteryArm, _ density: Density
  ) -> [ComparedRun] {
    let chance = settings.chance(of: group)
    return self(group, arm, density).grouped(by: \.replicate).map { replicate, draws in
      ComparedRun(
        replicate: replicate, value: Sample.mean(draws.map { $0.accuracy ?? chance }),
        failure: draws.compactMap { $0.failure(chance: chance) }.first,
        tellsClasses: draws.allSatisfy { $0.tellsClasses(above: chance) })
    }
  }
}

extension LotteryRun {
  /// How it failed; `nil` where it did not.
  func failure(chance: Double) -> RunFailure? {
    RunFailure(
      hasDiverged: accuracy == nil, isDisconnected: connected == false, classes: predictedClasses,
      isGuessing: accuracy.map { $0 <= chance } ?? false)
  }

  /// Whether it is known that examples are given one class, or several: above the commonest class's share they are.
  func tellsClasses(above chance: Double) -> Bool {
    connected == false || predictedClasses != nil || accuracy.map { $0 > chance } ?? false
  }
}
