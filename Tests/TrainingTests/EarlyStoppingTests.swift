import Foundation
import Networks
import Recipes
import Testing
import Training

@Suite struct EarlyStoppingTests {
  private func training(_ setting: Setting, tests: Bool = true) throws -> Training {
    try setting.training(evaluateEvery: Step("3it")!, testsAtEarlyStop: tests)
  }

  @Test func theTestAccuracyIsThatOfTheWeightsOfTheLowestValidationLoss() throws {
    let setting = try Setting()
    let training = try training(setting)
    var state = try training.begin(with: setting.weights(), at: 0)
    var evaluations: [Int: Evaluation] = [:]
    func run(to end: Int) throws {
      _ = try training.run(&state, to: end) { state in
        evaluations[state.iteration] = try setting.network.evaluate(
          state.weights, on: .test, of: setting.dataset)
      }
    }
    try run(to: 12)
    // The loss falls; from here on a decay of half of every weight per step makes it rise.
    state.optimizer = try Optimizer(
      .init(.sgd, ["learning-rate": 0.1, "weight-decay": 5]),
      shapes: state.weights.parameters.map(\.shape))
    try run(to: 30)
    let losses = state.curve.map { $0.validation.loss ?? .infinity }
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(best > 0 && best < losses.count - 1, "the first and the last would be no test")
    #expect(state.earlyStoppingTest == evaluations[state.curve[best].iteration])
    #expect(state.earlyStoppingTest != evaluations[30])
  }

  @Test func itIsNotTakenUnlessAskedForAndChangesNothingElse() throws {
    let setting = try Setting()
    var plain = try training(setting).begin(with: setting.weights(), at: 0)
    var tested = try training(setting).begin(with: setting.weights(), at: 0)
    _ = try training(setting, tests: false).run(&plain, to: 12)
    _ = try training(setting).run(&tested, to: 12)
    #expect(plain.earlyStoppingTest == nil && tested.earlyStoppingTest != nil)
    #expect(try plain.bits == tested.bits)
    #expect(plain.curve == tested.curve)
  }

  @Test func aCheckpointKeepsIt() throws {
    let setting = try Setting()
    let training = try training(setting)
    var whole = try training.begin(with: setting.weights(), at: 0)
    try withTemporaryFile { file in
      let folder = file.deletingLastPathComponent()
      _ = try training.run(&whole, to: 30) { state in
        if state.iteration % 5 == 0 {
          try state.write(to: folder.appendingPathComponent("\(state.iteration)"))
        }
      }
      for stop in stride(from: 5, to: 30, by: 5) {
        var state = try TrainingState(
          readingFrom: folder.appendingPathComponent("\(stop)"), for: setting.network,
          optimizer: training.specification.optimizer)
        _ = try training.run(&state, to: 30)
        #expect(state.earlyStoppingTest == whole.earlyStoppingTest, "from step \(stop)")
        #expect(try state.bits == whole.bits, "from step \(stop)")
      }
    }
  }
}
