import Datasets
import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Training

/// One process of the benchmark: measures what a line on its standard input names, and answers with
/// numbers on a line, so that several processes can be made to measure at the same moment.
package enum BenchmarkProcess {
  /// What is measured.
  enum Measurement: String, CaseIterable {
    /// 10⁹ floating-point operations per second of a 2048³ float32 product, best of several.
    case product
    /// Seconds per epoch of LeNet-300-100 at batch 128, 55,000 examples of MNIST's shape.
    case epoch128
    /// The same at batch 60.
    case epoch60
    /// Milliseconds to keep a tenth of 10⁷ float32 scores, and of float64 scores.
    case selection
    /// Seconds per training step of ResNet-20 on 128 images, data and optimizer included.
    case resnet20
    /// The same in bfloat16; nothing where the processor does not compute in it.
    case resnet20Half
    /// Seconds of one level of a ladder: its training, and pruning to the next.
    case level
    /// Seconds for the 30 points of one segment between LeNets on 10,000 images.
    case instability
    /// Seconds per epoch of a quadratic Bézier curve between LeNets at batch 128.
    case curve
    /// Seconds, weights and iterations of whole SynFlow prunings of VGGs.
    case synflow
  }

  /// Measures what it is told until its standard input ends.
  package static func serve() throws {
    try Engine.prepareWorker()
    let subject = try Subject()
    while let line = readLine(), let measurement = Measurement(rawValue: line) {
      let numbers = try subject.measure(measurement)
      print(numbers.map { "\($0)" }.joined(separator: " "))
      fflush(nil)
    }
  }

  private struct Subject {
    let dataset: Dataset
    let network: Network

    init() throws {
      let root = StreamPath(seed: 1)
      let source = DatasetSource(
        .gaussianMixture,
        ["classes": 10, "dimension": 784, "train": 60_000, "test": 10, "separation": 3, "seed": 1])
      dataset = try Dataset(
        DatasetSpecification(
          source: source, digests: [], validation: 5000, split: root / "validation",
          normalization: source.defaultNormalization), paths: [:])
      network = Network(.lenet(hidden: [300, 100]), input: source.shape, classes: 10)
    }

    func measure(_ measurement: Measurement) throws -> [Double] {
      switch measurement {
      case .product:
        let a = try Tensor(repeating: 0.5, shape: [2048, 2048])
        let seconds = try (0..<6).map { _ in try time { _ = try a.matmul(a) } }
        return [2 * 2048.0 * 2048 * 2048 / seconds.min()! / 1e9]
      case .epoch128: return [try epoch(batchSize: 128)]
      case .epoch60: return [try epoch(batchSize: 60)]
      case .selection:
        var stream = RandomStream(StreamPath(seed: 1) / "scores")
        let values = (0..<10_000_000).map { _ in stream.uniform() }
        let wide = try Tensor(values, shape: [values.count])
        return try [wide.converted(to: .float32), wide].map { try 1000 * selection($0) }
      case .resnet20: return [try BenchmarkConvolution.trainingStep()]
      case .resnet20Half:
        return (try? BenchmarkConvolution.trainingStep(in: .bfloat16)).map { [$0] } ?? []
      case .level: return try BenchmarkLottery.level(of: network, on: dataset)
      case .instability: return [try BenchmarkPath.segment(of: network, on: dataset)]
      case .curve: return [try BenchmarkCurve.epoch(of: network, on: dataset)]
      case .synflow:
        return try [
          ("vgg-16", 25), ("vgg-16", 50), ("vgg-16", 100), ("vgg-11", 50), ("vgg-19", 50),
        ]
        .flatMap { try BenchmarkConvolution.synapticFlow($0, iterations: $1) }
      }
    }

    /// Seconds per epoch of masked training, data and optimizer included, after a warm-up.
    private func epoch(batchSize: Int) throws -> Double {
      let specification = TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.1]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: batchSize,
        duration: Step(epochs: 3, iterations: 0))
      let training = try Training(
        network: network, dataset: dataset, specification: specification,
        order: StreamPath(seed: 1) / "order", mask: Mask(keepingAllOf: network))
      let weights = try Weights(
        initializing: network,
        with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
        path: StreamPath(seed: 1) / "initialization")
      var state = try training.begin(with: weights, at: 0)
      _ = try training.run(&state, to: training.stepsPerEpoch / 4)
      let steps = 2 * training.stepsPerEpoch
      let seconds = try time { _ = try training.run(&state, to: state.iteration + steps) }
      return seconds / 2
    }

    /// Seconds of the whole way from a layer of scores to a mask.
    private func selection(_ scores: Tensor) throws -> Double {
      let layer = Scores.Layer(name: "scores", scores: scores)
      let all = try Scores([layer], for: nil, source: "the benchmark")
      let whole = Mask(
        layers: [
          .init(
            name: "scores", shape: scores.shape,
            kept: [UInt8](repeating: 1, count: scores.count))
        ])
      let ranking = Ranking(excluding: [], keepsLowest: false)
      let density = Density("0.1")!
      return try (0..<5).map { _ in
        try time {
          let layers = all.ranked(within: whole)
          _ = try whole.pruned(by: ranking.decide(layers, quota: .density(density, .global)))
        }
      }.min()!
    }

    private func time(_ body: () throws -> Void) rethrows -> Double {
      try ContinuousClock().measure(body) / .seconds(1)
    }
  }
}
