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

  /// The parts of the scoring set, by number.
  var parts: Range<Int> { partSizes.indices }

  /// How many examples each part has.
  private var partSizes: [Int] { program?.partSizes ?? batches.map(\.labels.count) }

  /// Number of examples in the scoring set.
  package var examples: Int { partSizes.reduce(0, +) }

  /// ∂L/∂w of the mean loss over a part of the scoring set, for the prunable tensors.
  func gradients(onPart part: Int) throws -> [Tensor] {
    if let program { return try program.gradients(onPart: part, temperature: 1) }
    let batch = batches[part]
    let variables = try weights.variables()
    return try network.logits(variables, batch.inputs, mode: mode).crossEntropy(batch.labels)
      .gradients(of: prunable(variables))
  }

  /// Means of `perPart` over the scoring set, every part weighted by its examples.
  func mean(_ perPart: [[Tensor]]) throws -> [Tensor] {
    var sums: [Tensor] = []
    for (size, tensors) in zip(partSizes, perPart) {
      let weighted = try tensors.map { try $0 * (Double(size) / Double(examples)) }
      sums = sums.isEmpty ? weighted : try zip(sums, weighted).map { try $0 + $1 }
    }
    return sums
  }
}
