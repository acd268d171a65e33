import Datasets
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

@Suite struct PrecisionTests {
  private struct Run {
    let state: TrainingState
    let test: Evaluation
  }

  private static let convolutional = NetworkSpecification.custom([
    .convolution(name: "conv1", outputs: 8, kernel: 3, stride: 1, padding: 1, bias: false),
    .batchNorm(name: "norm1"), .relu, .maxPool(kernel: 2, stride: 2),
    .residual(
      body: [
        .convolution(name: "conv2", outputs: 8, kernel: 3, stride: 1, padding: 1, bias: false),
        .batchNorm(name: "norm2"),
      ], shortcut: []),
    .relu, .globalAveragePool, .linear(name: "fc", outputs: nil),
  ])

  static let digitsNetwork = Network(
    convolutional, input: DatasetSource(.digits).shape, classes: 10)

  static func digits() throws -> Dataset {
    let source = DatasetSource(.digits)
    return try Dataset(
      DatasetSpecification(
        source: source, digests: [], validation: 144, split: StreamPath(seed: 1) / "split",
        normalization: source.defaultNormalization), paths: [:])
  }

  static func weights(of network: Network) throws -> Weights {
    try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 1) / "initialization")
  }

  private static func run(
    _ specification: NetworkSpecification, _ precision: Precision, pruned: Bool = false
  ) throws -> Run {
    let dataset = try digits()
    let network = Network(specification, input: dataset.shape, classes: 10)
    let mask =
      pruned
      ? Mask(
        layers: network.prunable.map { tensor in
          Mask.Layer(
            name: tensor.name, shape: tensor.shape,
            kept: (0..<tensor.count).map { UInt8($0 % 2) })
        }) : nil
    let training = try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.1, "momentum": 0.9, "weight-decay": 1e-4]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 96,
        duration: Step("4ep")!),
      order: StreamPath(seed: 1) / "order", mask: mask, precision: precision)
    var state = try training.begin(with: weights(of: network), at: 0)
    #expect(try training.run(&state, to: 4 * training.stepsPerEpoch) == .finished)
    return Run(
      state: state,
      test: try network.evaluate(state.weights, on: .test, of: dataset, in: precision))
  }

  @Test(arguments: [convolutional, NetworkSpecification.lenet(hidden: [40])])
  func bfloat16LearnsAsFloat32Does(_ network: NetworkSpecification) throws {
    let (half, single) = (try Self.run(network, .bfloat16), try Self.run(network, .float32))
    let (loss, wanted) = (try #require(half.test.loss), try #require(single.test.loss))
    #expect(wanted < 1.6)
    #expect(abs(loss - wanted) < 0.1 * wanted + 0.02)
    #expect(loss != wanted)
    #expect(try half.state.weights.tensors.allSatisfy { try $0.type == .float32 })
  }

  @Test func theSameAgainGivesTheSameBits() throws {
    let runs = try (0..<2).map { _ in try Self.run(Self.convolutional, .bfloat16) }
    #expect(try runs[0].state.bits == runs[1].state.bits)
    #expect(runs[0].test == runs[1].test)
  }

  @Test func prunedWeightsStayZero() throws {
    let run = try Self.run(Self.convolutional, .bfloat16, pruned: true)
    for tensor in run.state.weights.named where tensor.0.hasSuffix("conv2.weight") {
      let values = try tensor.1.elements(of: Float.self)
      #expect(values.indices.allSatisfy { ($0 % 2 == 1) == (values[$0] != 0) })
    }
  }

  @Test func layoutsFollowTheNetwork() {
    func network(_ specification: NetworkSpecification, channels: Int) -> Network {
      Network(
        specification, input: ExampleShape(channels: channels, height: 8, width: 8), classes: 10)
    }
    #expect(Precision.float32.isChannelsLast(for: network(Self.convolutional, channels: 3)))
    #expect(!Precision.float32.isChannelsLast(for: network(Self.convolutional, channels: 1)))
    let dense = network(.lenet(hidden: [4]), channels: 3)
    #expect(!Precision.float32.isChannelsLast(for: dense))
    #expect(Precision.bfloat16.isChannelsLast(for: dense))
  }
}
