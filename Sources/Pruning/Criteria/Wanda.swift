import Datasets
import Networks
import Tensors

extension Formula {
  /// |wᵢⱼ| · ‖xⱼ‖₂, x the inputs of the layer over all examples and positions; of a convolution those that the weight
  /// meets, padding among them. Reference: Sun, Liu, Bair & Kolter, ICLR 2024, eq. 1.
  static let wanda = Formula(.wanda) { scoring, _ in
    try zip(scoring.values, scoring.inputNorms()).map { try $0.absolute() * $1 }
  }
}

extension Scoring {
  /// For every weight the L2 norm of what it is multiplied with, over the scoring set.
  fileprivate func inputNorms() throws -> [Tensor] {
    if let program {
      return try zip(network.prunable, program.inputNorms()).map { tensor, norms in
        try norms.spread(overRowsOf: tensor.shape)
      }
    }
    var sums: [Tensor] = []
    for batch in batches {
      let squares = try prunable(
        network.squaredInputs(weights.tensors, batch.inputs, mode: mode))
      sums = sums.isEmpty ? squares : try zip(sums, squares).map { try $0 + $1 }
    }
    return try sums.map { sum in
      try Tensor(sum.elements(of: Double.self).map { $0.squareRoot() }, shape: sum.shape)
    }
  }
}

extension Tensor {
  /// Norms of the inputs of rows, `[inputs]` or one such row for each group of outputs, in the shape of the weights.
  fileprivate func spread(overRowsOf shape: [Int]) throws -> Tensor {
    let (values, outputs) = (try elements(of: Double.self), shape[0])
    let size = shape.dropFirst().reduce(1, *)
    let groups = values.count / size
    let spread = (0..<outputs).flatMap { output in
      let start = output * groups / outputs * size
      return values[start..<start + size]
    }
    return try Tensor(spread, shape: shape)
  }
}
