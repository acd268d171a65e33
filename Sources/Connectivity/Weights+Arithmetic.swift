package import Networks
import Recipes
import Tensors

extension Weights {
  /// `Σ cᵢ · Wᵢ`, parameters and buffers alike, summed in float64 and rounded once.
  ///
  /// Where all terms but one have coefficient 0, that one's bits are kept. Weights that all terms prune
  /// are zero in the sum.
  package static func combination(_ terms: [(coefficient: Double, weights: Weights)]) throws
    -> Weights
  {
    let terms = terms.filter { $0.coefficient != 0 }
    precondition(!terms.isEmpty, "a combination of nothing")
    if terms.count == 1, terms[0].coefficient == 1 { return terms[0].weights }
    let first = terms[0].weights
    let sum = try Weights(zerosLike: first)
    try sum.combine(terms.map(\.weights), coefficients: terms.map(\.coefficient))
    return sum
  }

  /// Zeros of the same names and shapes.
  package init(zerosLike other: Weights) throws {
    self.init(
      specifications: other.specifications,
      tensors: try other.specifications.map { try Tensor(repeating: 0, shape: $0.shape) })
  }

  /// Becomes `Σ cₖ · termₖ` in place: for weights that their caller owns alone.
  package func combine(_ terms: [Weights], coefficients: [Double]) throws {
    for index in tensors.indices {
      try tensors[index].combine(terms.map { $0.tensors[index] }, coefficients: coefficients)
    }
  }

  /// The inner product over parameters, buffers left out, summed in float64.
  package func dot(_ other: Weights) throws -> Double {
    var sum = 0.0
    for index in tensors.indices where specifications[index].isParameter {
      try tensors[index].withElements(of: Float.self) { mine in
        try other.tensors[index].withElements(of: Float.self) { theirs in
          for position in mine.indices { sum += Double(mine[position]) * Double(theirs[position]) }
        }
      }
    }
    return sum
  }

  /// The Euclidean distance `‖a − b‖₂` over parameters, buffers left out.
  package func distance(to other: Weights) throws -> Double {
    var sum = 0.0
    for index in tensors.indices where specifications[index].isParameter {
      try tensors[index].withElements(of: Float.self) { mine in
        try other.tensors[index].withElements(of: Float.self) { theirs in
          for position in mine.indices {
            let difference = Double(mine[position]) - Double(theirs[position])
            sum += difference * difference
          }
        }
      }
    }
    return sum.squareRoot()
  }
}
