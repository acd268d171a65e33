import Datasets
import Foundation
import Recipes
import Tensors

extension Scoring {
  /// The scoring set as one batch.
  func joinedBatch() throws -> Batch {
    guard batches.count != 1 else { return batches[0] }
    let shape = network.input
    let inputs = try batches.flatMap { try $0.inputs.elements(of: Float.self) }
    let labels = try batches.flatMap { try $0.labels.elements(of: Int64.self) }
    return Batch(
      inputs: try Tensor(
        inputs, shape: [labels.count, shape.channels, shape.height, shape.width]),
      labels: try Tensor(labels, shape: [labels.count]))
  }

  /// ∂L/∂w of the mean cross-entropy over `batch` for the prunable tensors.
  func gradients(on batch: Batch) throws -> [Tensor] {
    let variables = try weights.variables()
    return try network.logits(variables, batch.inputs, mode: mode).crossEntropy(batch.labels)
      .gradients(of: prunable(variables))
  }

  /// Means of `perBatch` over the scoring set, every batch weighted by its examples.
  func mean(_ perBatch: [[Tensor]]) throws -> [Tensor] {
    var sums: [Tensor] = []
    for (batch, tensors) in zip(batches, perBatch) {
      let weighted = try tensors.map { try $0 * (Double(batch.labels.count) / Double(examples)) }
      sums = sums.isEmpty ? weighted : try zip(sums, weighted).map { try $0 + $1 }
    }
    return sums
  }
}
