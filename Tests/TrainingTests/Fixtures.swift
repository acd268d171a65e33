import Datasets
import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Training

/// Runs `body` with a new file path whose folder is gone afterwards.
func withTemporaryFile<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("espalier-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.appendingPathComponent("checkpoint.safetensors"))
}

/// Every optimizer with constants under which it learns the mixture below.
let optimizers: [OptimizerSpecification] = [
  .init(.sgd, ["learning-rate": 0.1]),
  .init(.sgd, ["learning-rate": 0.05, "momentum": 0.9, "weight-decay": 5e-4]),
  .init(.sgd, ["learning-rate": 0.05, "momentum": 0.9, "nesterov": true]),
  .init(.adam, ["learning-rate": 0.01, "weight-decay": 1e-4]),
  .init(.adamW, ["learning-rate": 0.01, "weight-decay": 0.01]),
]

/// A small training: 180 examples of a Gaussian mixture and 20 held out, in batches of 32, of which
/// the last has 20.
struct Setting {
  let dataset: Dataset
  let network: Network

  init(validation: Int = 20, test: Int = 200) throws {
    let source = DatasetSource(
      .gaussianMixture,
      [
        "classes": 4, "dimension": 8, "train": 200, "test": .integer(test), "separation": 8,
        "seed": 1,
      ])
    dataset = try Dataset(
      DatasetSpecification(
        source: source, digests: [], validation: validation, split: StreamPath(seed: 1) / "split",
        normalization: source.defaultNormalization), paths: [:])
    network = Network(.lenet(hidden: [12, 6]), input: source.shape, classes: 4)
  }

  func weights(seed: UInt64 = 1) throws -> Weights {
    try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform),
      path: StreamPath(seed: seed) / "initialization")
  }

  func training(
    _ optimizer: OptimizerSpecification = optimizers[0], mask: Mask? = nil, order: UInt64 = 1,
    schedule: LearningRateSchedule = LearningRateSchedule(warmup: .zero, shape: .constant),
    scheduleOffset: Int = 0
  ) throws -> Training {
    try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: optimizer, schedule: schedule, batchSize: 32, duration: Step("10ep")!),
      order: StreamPath(seed: order) / "order", mask: mask, scheduleOffset: scheduleOffset)
  }

  /// A trace of this training; what it looks at beside steps and splits does not matter here.
  func trace(every: Int, end: Int, splits: Set<Split> = [.validation]) -> TraceRecipe {
    TraceRecipe(
      walk: WalkRecipe(
        problem: Problem(network: network.specification, dataset: dataset.specification),
        start: .checkpoint(iteration: 0),
        training: TrainingSpecification(
          optimizer: optimizers[0],
          schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 32,
          duration: Step("10ep")!), order: StreamPath(seed: 1) / "order"), end: end, every: every,
      splits: splits)
  }

  /// About half of the weights kept.
  var mask: Mask {
    var stream = RandomStream(StreamPath(seed: 1) / "mask")
    let layers = network.prunable.map { tensor in
      Mask.Layer(
        name: tensor.name, shape: tensor.shape,
        kept: (0..<tensor.count).map { _ in UInt8(stream.integer(below: 2)) })
    }
    return Mask(layers: layers)
  }
}

extension TrainingState {
  /// The bits of all weights and moments.
  var bits: [[UInt32]] {
    get throws {
      try (weights.tensors + optimizer.moments).map {
        try $0.elements(of: Float.self).map(\.bitPattern)
      }
    }
  }

  /// Names of weights, and of moments of weights, that `mask` prunes and that are not +0 throughout.
  func movedWhere(prunedBy mask: Mask) throws -> [String] {
    try mask.layers.flatMap { layer in
      let index = weights.specifications.firstIndex { $0.name == layer.name }!
      let moments = stride(from: index, to: optimizer.moments.count, by: weights.tensors.count)
      let named =
        [(layer.name, weights.tensors[index])]
        + moments.map { ("moment \($0) of \(layer.name)", optimizer.moments[$0]) }
      return try named.filter { _, tensor in
        try zip(tensor.elements(of: Float.self), layer.kept).contains { value, kept in
          kept == 0 && value.bitPattern != 0
        }
      }.map(\.0)
    }
  }
}
