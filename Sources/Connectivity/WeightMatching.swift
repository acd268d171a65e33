package import Networks
package import Randomness
package import Recipes
import Tensors

/// A network's hidden units relabelled so that its weights come near to another network's.
///
/// Coordinate ascent on `Σ ⟨A, π(B)⟩` over all parameters, biases and batch norm's scales and shifts
/// among them, running statistics not: in random order each group of units is assigned anew, exactly,
/// with the others as they are, until no group gains. A larger inner product is a smaller distance.
/// Where a tensor has one group on both sides, the step is the assignment of the linear part, and is
/// taken only if it gains.
///
/// Reference: Ainsworth, Hayase & Srinivasa, "Git Re-Basin: Merging models modulo permutation
/// symmetries", ICLR 2023, algorithm 1.
package struct WeightMatching {
  /// The architecture's groups of units.
  package let symmetry: PermutationSymmetry
  /// For every group: unit `i` of `aligned` is unit `permutations[group][i]` of the network that was given.
  package let permutations: [[Int]]
  /// The objective as the networks were given, and after every step of the best attempt.
  package let objectives: [Double]
  /// The relabelled network.
  package let aligned: Weights

  /// Matches `end` to `start`.
  ///
  /// - Parameters:
  ///   - attempts: the first one starts from the units as they are, others from random relabellings; the
  ///     one that ends highest is kept, the earliest where several do.
  ///   - stream: draws orders of groups and relabellings.
  package init(
    _ network: Network, of end: Weights, to start: Weights, attempts: Int = 1, stream: StreamPath
  ) throws {
    precondition(attempts > 0, "no attempt at a matching")
    let symmetry = PermutationSymmetry(network.architecture)
    var best: Ascent?
    var given: [Double] = []
    for attempt in 1...attempts {
      var random = RandomStream(stream / "attempt \(attempt)")
      let first =
        attempt == 1
        ? symmetry.identity : symmetry.groups.map { random.permutation(of: $0.size) }
      var ascent = try Ascent(symmetry: symmetry, target: start, moving: end, from: first)
      if attempt == 1 { given = ascent.objectives }
      try ascent.climb(in: &random)
      guard let leader = best, leader.objectives.last! >= ascent.objectives.last! else {
        if attempt > 1 { ascent.objectives = given + ascent.objectives }
        best = ascent
        continue
      }
    }
    self.symmetry = symmetry
    permutations = best!.permutations
    aligned = best!.current
    objectives = best!.objectives
  }

  /// Units of every group that are not where they were.
  package var moved: [Int] {
    permutations.map { permutation in permutation.indices.count { permutation[$0] != $0 } }
  }
}

/// One coordinate ascent.
private struct Ascent {
  let symmetry: PermutationSymmetry
  let target: Weights
  var permutations: [[Int]]
  var current: Weights
  var objectives: [Double]
  /// A gain that summation could fake.
  private let noise: Double

  init(symmetry: PermutationSymmetry, target: Weights, moving: Weights, from first: [[Int]]) throws
  {
    self.symmetry = symmetry
    self.target = target
    permutations = first
    current = try moving.permuted(by: first, symmetry)
    objectives = [try target.dot(current)]
    noise = 1e-12 * (try target.dot(target) * moving.dot(moving)).squareRoot()
  }

  mutating func climb(in stream: inout RandomStream) throws {
    var gains = true
    while gains {
      gains = false
      for group in stream.permutation(of: symmetry.groups.count) where try reassign(group) {
        gains = true
      }
    }
  }

  private mutating func reassign(_ group: Int) throws -> Bool {
    let size = symmetry.groups[group].size
    let similarities = try similarities(group, size)
    let order = LinearAssignment.maximizing(similarities, size: size)
    guard !order.elementsEqual(order.indices) else { return false }
    var step = symmetry.identity
    step[group] = order
    let candidate = try current.permuted(by: step, symmetry)
    let objective = try target.dot(candidate)
    guard objective > objectives.last! + noise else { return false }
    current = candidate
    permutations[group] = order.map { permutations[group][$0] }
    objectives.append(objective)
    return true
  }

  /// `[size, size]`: inner products of what belongs to a unit of the target with what belongs to a unit
  /// of the current network.
  private func similarities(_ group: Int, _ size: Int) throws -> [Double] {
    var sum = try Tensor(repeating: 0, shape: [size, size], type: .float64)
    for (index, axes) in symmetry.axes.enumerated() where target.specifications[index].isParameter {
      for axis in axes where axis.group == group {
        let mine = try byUnit(target.tensors[index], axis, size)
        let theirs = try byUnit(current.tensors[index], axis, size)
        sum = try sum + mine.matmul(theirs.transposed())
      }
    }
    return try sum.elements(of: Double.self)
  }

  /// `[size, count / size]` in float64: what belongs to each unit along `axis`.
  private func byUnit(_ tensor: Tensor, _ axis: PermutationSymmetry.Axis, _ size: Int) throws
    -> Tensor
  {
    let shape = [size, tensor.count / size]
    if axis.dimension == 0 { return try tensor.converted(to: .float64).reshaped(shape) }
    let rows = tensor.shape[0]
    let run = tensor.count / rows / size
    let values = try tensor.withElements(of: Float.self) { source in
      var values: [Double] = []
      values.reserveCapacity(source.count)
      for unit in 0..<size {
        for row in 0..<rows {
          let start = (row * size + unit) * run
          for entry in start..<(start + run) { values.append(Double(source[entry])) }
        }
      }
      return values
    }
    return try Tensor(values, shape: shape)
  }
}
