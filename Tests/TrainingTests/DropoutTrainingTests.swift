import Datasets
import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

@Suite struct DropoutTrainingTests {
  private let setting: Setting

  init() throws { setting = try Setting() }

  private func training(rate: Double, order: UInt64 = 1) throws -> Training {
    try Training(
      network: network(rate), dataset: setting.dataset,
      specification: TrainingSpecification(
        optimizer: optimizers[1],
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 32,
        duration: Step("10ep")!), order: StreamPath(seed: order) / "order", mask: nil)
  }

  /// Everything that programs do not compute, at once.
  private func network(_ rate: Double) -> Network {
    Network(
      .custom([
        .flatten, .linear(name: "a", outputs: 12), .layerNorm(name: "b"), .gelu,
        .dropout(rate: rate), .linear(name: "c", outputs: nil),
      ]), input: setting.dataset.shape, classes: 4)
  }

  private func weights(_ rate: Double) throws -> Weights {
    try Weights(
      initializing: network(rate),
      with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform),
      path: StreamPath(seed: 1) / "initialization")
  }

  private func bits(rate: Double, order: UInt64 = 1) throws -> [[UInt32]] {
    let training = try training(rate: rate, order: order)
    var state = try training.begin(with: weights(rate), at: 0)
    #expect(try training.run(&state, to: 13) == .finished)
    return try state.bits
  }

  @Test func theSameTrainingHasTheSameBitsAndAnotherOrderOthers() throws {
    let once = try bits(rate: 0.5)
    #expect(try bits(rate: 0.5) == once)
    #expect(try bits(rate: 0.5, order: 2) != once)
    #expect(try bits(rate: 0) != once)
  }

  @Test func aCheckpointOfAnyStepGoesOnToTheSameBits() throws {
    let training = try training(rate: 0.5)
    var whole = try training.begin(with: weights(0.5), at: 0)
    try withTemporaryFile { file in
      let folder = file.deletingLastPathComponent()
      _ = try training.run(&whole, to: 13) { state in
        try state.write(to: folder.appendingPathComponent("\(state.iteration)"))
      }
      for stop in [1, 5, 6, 12] {
        var state = try TrainingState(
          readingFrom: folder.appendingPathComponent("\(stop)"), for: network(0.5),
          optimizer: optimizers[1])
        #expect(try training.run(&state, to: 13) == .finished)
        #expect(try state.bits == whole.bits, "from step \(stop)")
      }
    }
  }

  @Test func evaluationDropsNothingAndTheNetworkLearns() throws {
    let training = try training(rate: 0.3)
    var state = try training.begin(with: weights(0.3), at: 0)
    let network = network(0.3)
    let before = try network.evaluate(state.weights, on: .test, of: setting.dataset)
    _ = try training.run(&state, to: 60)
    let after = try network.evaluate(state.weights, on: .test, of: setting.dataset)
    #expect(try network.evaluate(state.weights, on: .test, of: setting.dataset) == after)
    #expect(after.correct > before.correct && after.correct > 190)
  }
}
