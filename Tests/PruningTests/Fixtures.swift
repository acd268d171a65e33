import Datasets
import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Tensors

/// Runs `body` with a new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("espalier-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// A small network at initialization on a Gaussian mixture: layers of 84, 126 and 36 weights.
struct Setting {
  let dataset: Dataset
  let network: Network
  let weights: Weights

  init(biases: InitializerSpecification.Biases = .uniform) throws {
    let source = DatasetSource(
      .gaussianMixture,
      ["classes": 4, "dimension": 6, "train": 200, "test": 8, "separation": 4, "seed": 1])
    dataset = try Dataset(
      DatasetSpecification(
        source: source, digests: [], validation: 20, split: StreamPath(seed: 1) / "split",
        normalization: source.defaultNormalization), paths: [:])
    network = Network(.lenet(hidden: [14, 9]), input: source.shape, classes: 4)
    weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: biases),
      path: StreamPath(seed: 1) / "initialization")
  }

  var all: Mask { Mask(keepingAllOf: network) }

  func batches(_ count: Int = 40, batchSize: Int = 40) throws -> [Batch] {
    try dataset.scoringSet(
      ScoringSpecification(examples: .total(count), batchSize: batchSize, mode: .eval),
      stream: StreamPath(seed: 1) / "scoring")
  }

  func scoring(
    weights: Weights? = nil, mask: Mask? = nil, batches: [Batch]? = nil, seed: UInt64 = 1,
    folder: URL = FileManager.default.temporaryDirectory
  ) throws -> Scoring {
    try Scoring(
      network: network, weights: weights ?? self.weights, mask: mask ?? all,
      batches: batches ?? self.batches(), mode: .eval, path: StreamPath(seed: seed) / "scores",
      folder: folder)
  }
}

extension Scores {
  /// Scores of every layer as float64.
  var values: [[Double]] {
    get throws { try layers.map { try $0.scores.converted(to: .float64).elements() } }
  }
}

extension Weights {
  /// The bits of every tensor.
  var bits: [[UInt32]] {
    get throws { try tensors.map { try $0.elements(of: Float.self).map(\.bitPattern) } }
  }
}

/// Scores of layers called a, b, …, without a network.
func scores(_ layers: [[Double]], single: Bool = false) throws -> Scores {
  try Scores(
    zip(["a", "b", "c"], layers).map { name, values in
      let tensor = try Tensor(values, shape: [values.count])
      return Scores.Layer(name: name, scores: single ? try tensor.converted(to: .float32) : tensor)
    }, for: nil, source: "the test")
}

/// A mask of layers called a, b, ….
func mask(_ layers: [[UInt8]]) -> Mask {
  Mask(
    layers: zip(["a", "b", "c"], layers).map {
      Mask.Layer(name: $0, shape: [$1.count], kept: $1)
    })
}

/// ‖a − b‖ / ‖b‖.
func relativeError(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let difference = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  return (difference / b.reduce(0) { $0 + $1 * $1 }).squareRoot()
}

extension Ranking {
  /// Decides about what `mask` keeps, and prunes it.
  func select(_ scores: Scores, within mask: Mask, quota: Quota) throws -> (
    mask: Mask, zeroScores: Int, ties: Int
  ) {
    let decision = try decide(scores.ranked(within: mask), quota: quota)
    return (try mask.pruned(by: decision), decision.zeroScores, decision.ties)
  }
}
