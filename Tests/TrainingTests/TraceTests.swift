import Networks
@testable import Recipes
import Testing
import Training

@Suite struct TraceTests {
  /// Trains from the beginning and traces.
  private func traced(
    _ setting: Setting, _ recipe: TraceRecipe, decayFrom: Int = .max,
    afterStep: (TrainingState) throws -> Void = { _ in }
  ) throws -> (state: TrainingState, trace: TraceResult) {
    let training = try setting.training()
    var (state, trace) = (try training.begin(with: setting.weights(), at: 0), TraceResult())
    for end in [min(decayFrom, recipe.end), recipe.end] {
      _ = try training.run(&state, to: end) { state in
        try training.observe(state, for: recipe, adding: &trace)
        try afterStep(state)
      }
      guard end == decayFrom else { continue }
      // A decay of half of every weight per step makes the loss rise.
      state.optimizer = try Optimizer(
        .init(.sgd, ["learning-rate": 0.1, "weight-decay": 5]),
        shapes: state.weights.parameters.map(\.shape))
    }
    return (state, trace)
  }

  @Test func theCurveHoldsEveryEvaluationAndTheLastStep() throws {
    let setting = try Setting()
    var seen: [TraceResult.Point] = []
    let (_, trace) = try traced(setting, setting.trace(every: 4, end: 14)) { state in
      if [4, 8, 12, 14].contains(state.iteration) {
        seen.append(
          TraceResult.Point(
            iteration: state.iteration,
            validation: try setting.network.evaluate(
              state.weights, on: .validation, of: setting.dataset)))
      }
    }
    #expect(trace.curve == seen && seen.count == 4)
    #expect(trace.curve.allSatisfy { $0.validation.count == 20 })
    #expect(trace.earlyStoppingTest == nil)
  }

  @Test func theTestAccuracyIsThatOfTheWeightsOfTheLowestValidationLoss() throws {
    let setting = try Setting()
    var evaluations: [Int: Evaluation] = [:]
    let recipe = setting.trace(every: 3, end: 30, splits: [.validation, .test])
    let (_, trace) = try traced(setting, recipe, decayFrom: 12) { state in
      evaluations[state.iteration] = try setting.network.evaluate(
        state.weights, on: .test, of: setting.dataset)
    }
    let losses = trace.curve.map { $0.validation.loss ?? .infinity }
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(best > 0 && best < losses.count - 1, "the first and the last would be no test")
    #expect(trace.earlyStopping == trace.curve[best])
    #expect(trace.earlyStoppingTest == evaluations[trace.curve[best].iteration])
    #expect(trace.earlyStoppingTest != evaluations[30])
  }

  @Test func lookingChangesNothing() throws {
    let setting = try Setting()
    let training = try setting.training()
    var unseen = try training.begin(with: setting.weights(), at: 0)
    _ = try training.run(&unseen, to: 12)
    let seen = try traced(setting, setting.trace(every: 1, end: 12, splits: [.validation, .test]))
    #expect(try seen.state.bits == unseen.bits)
  }

  @Test func theFirstOfTwoLowestLossesCountsAndInfiniteOnesDoNot() throws {
    var trace = TraceResult()
    var tests = 0
    for (step, loss) in [nil, 0.5, 0.25, 0.25, nil, 0.3].enumerated() {
      try trace.append(
        Evaluation(correct: 1, count: 2, loss: loss), after: step,
        test: {
          tests += 1
          return Evaluation(correct: tests, count: 9, loss: nil)
        })
    }
    #expect(trace.earlyStopping?.iteration == 2 && tests == 2)
    #expect(trace.earlyStoppingTest?.correct == 2)
    #expect(TraceResult().earlyStopping == nil)
  }
}
