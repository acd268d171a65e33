import Datasets
import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

/// A small residual network on the embedded digits, trained as a worker does it: in a process with one
/// thread per operation.
@Suite struct ConvolutionalTrainingTests {
  @Test func itLearnsAndPrunedWeightsStayZero() async {
    await #expect(processExitsWith: .success) {
      try Subject().learnsAndKeepsPrunedWeightsAtZero()
    }
  }

  @Test func aCheckpointGoesOnToTheSameBits() async {
    await #expect(processExitsWith: .success) { try Subject().resumesToTheSameBits() }
  }

  /// The helper sees a process whose expectations fail.
  @Test func aFailingSubjectIsSeen() async {
    await #expect(processExitsWith: .failure) {
      struct Wrong: Error {}
      throw Wrong()
    }
  }
}

private struct Subject {
  private let dataset: Dataset
  private let network: Network

  init() throws {
    try Engine.prepareWorker()
    let source = DatasetSource(.digits)
    dataset = try Dataset(
      DatasetSpecification(
        source: source, digests: [], validation: 144, split: StreamPath(seed: 1) / "split",
        normalization: source.defaultNormalization), paths: [:])
    network = Network(
      .custom([
        .convolution(name: "a", outputs: 6, kernel: 3, padding: 1), .batchNorm(name: "b"), .relu,
        .residual(
          body: [
            .convolution(name: "c", outputs: 8, kernel: 3, stride: 2, padding: 1),
            .batchNorm(name: "d"),
          ], shortcut: [.convolution(name: "e", outputs: 8, kernel: 1, stride: 2)]),
        .relu, .globalAveragePool, .linear(name: "fc", outputs: nil),
      ]), input: source.shape, classes: source.classes)
  }

  private func weights() throws -> Weights {
    try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 1) / "initialization")
  }

  private func training(mask: Mask? = nil) throws -> Training {
    try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.1, "momentum": 0.9, "weight-decay": 1e-4]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 64,
        duration: Step("15ep")!),
      order: StreamPath(seed: 1) / "order", mask: mask)
  }

  func learnsAndKeepsPrunedWeightsAtZero() throws {
    let mask = Mask(
      layers: network.prunable.map { tensor in
        Mask.Layer(
          name: tensor.name, shape: tensor.shape,
          kept: (0..<tensor.count).map { $0 % 2 == 0 ? 1 : 0 })
      })
    let training = try training(mask: mask)
    var state = try training.begin(with: weights(), at: 0)
    #expect(state.optimizer.moments.count == network.parameterIndices.count)
    #expect(try training.run(&state, to: 15 * training.stepsPerEpoch) == .finished)
    let test = try network.evaluate(state.weights, on: .test, of: dataset)
    #expect(Double(test.correct) / Double(test.count) > 0.4)
    for layer in mask.layers {
      let index = network.tensors.firstIndex { $0.name == layer.name }!
      let values = try state.weights.tensors[index].elements(of: Float.self)
      #expect(zip(values, layer.kept).allSatisfy { $1 == 1 || $0.bitPattern == 0 })
    }
    let mean = network.tensors.firstIndex { $0.role == .runningMean }!
    #expect(try state.weights.tensors[mean].elements(of: Float.self).contains { $0 != 0 })
  }

  func resumesToTheSameBits() throws {
    let training = try training()
    var whole = try training.begin(with: weights(), at: 0)
    _ = try training.run(&whole, to: 25)
    var first = try training.begin(with: weights(), at: 0)
    _ = try training.run(&first, to: 11)
    let resumed = try withTemporaryFile { file in
      try first.write(to: file)
      var state = try TrainingState(
        readingFrom: file, for: network, optimizer: training.specification.optimizer)
      _ = try training.run(&state, to: 25)
      return state
    }
    for (a, b) in zip(whole.weights.tensors, resumed.weights.tensors) {
      #expect(try a.elements(of: Float.self) == b.elements(of: Float.self))
    }
  }
}
