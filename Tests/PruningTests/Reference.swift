import Datasets
import Foundation
import Networks
import Pruning
import Recipes
import Tensors

/// The values of `reference.json`, which `reference.py` made with NumPy 2.4.6.
struct Reference: Decodable {
  struct Network: Decodable {
    let hidden, inputs, classes, batchSize: Int
    let parameters, examples: [[Double]]
    let labels: [Int64]
  }
  struct Scores: Decodable {
    let gradientMagnitude, taylorFO, obd: [[Double]]
  }
  struct Allocation: Decodable {
    let network: String
    let shapes: [[Int]]
    let density: String
    let kernel: Bool
    let densities: [Double]
  }

  let network: Network
  let scores: Scores
  let allocations: [Allocation]

  static func load() throws -> Reference {
    let url = Bundle.module.url(forResource: "reference", withExtension: "json")!
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }

  /// A scoring of the reference's network on its two batches.
  func scoring() throws -> Scoring {
    let network = Networks.Network(
      .lenet(hidden: [self.network.hidden]),
      input: ExampleShape(channels: 1, height: 1, width: self.network.inputs),
      classes: self.network.classes)
    let weights = Weights(
      specifications: network.tensors,
      tensors: try zip(network.tensors, self.network.parameters).map {
        try Tensor($1.map(Float.init), shape: $0.shape)
      })
    let count = self.network.labels.count
    let batches = try stride(from: 0, to: count, by: self.network.batchSize).map { start in
      let rows = start..<min(start + self.network.batchSize, count)
      return Batch(
        inputs: try Tensor(
          self.network.examples[rows.lowerBound..<rows.upperBound].joined().map(Float.init),
          shape: [rows.count, 1, 1, self.network.inputs]),
        labels: try Tensor(Array(self.network.labels[rows]), shape: [rows.count]))
    }
    return try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: batches,
      mode: .eval, path: .init(seed: 1), folder: FileManager.default.temporaryDirectory)
  }
}

/// The worst relative error over layers.
func worstError(_ found: [[Double]], _ expected: [[Double]]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).map { relativeError($0, $1) }.max() ?? .infinity
}
