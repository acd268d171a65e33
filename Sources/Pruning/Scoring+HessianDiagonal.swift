import Datasets
import Randomness
import Recipes
import Tensors

extension Scoring {
  /// The diagonal of the Hessian of the mean cross-entropy over the scoring set, one tensor of the
  /// weights' shape for each prunable tensor.
  ///
  /// Hessian–vector products are exact, by differentiating the gradient. Probe k has the same signs on
  /// every batch, so that its products average to those of the whole set's Hessian.
  ///
  /// - Throws: ``PruningError/exactDiagonal(count:limit:)`` for more exact entries than
  ///   ``HessianDiagonal/largestExact``.
  func hessianDiagonal(_ method: HessianDiagonal) throws -> [Tensor] {
    let count = method.exactCount(of: network.prunable.map(\.count))
    guard count <= HessianDiagonal.largestExact else {
      throw PruningError.exactDiagonal(count: count, limit: HessianDiagonal.largestExact)
    }
    return try mean(batches.map { try hessianDiagonal(method, on: $0) })
  }

  private func hessianDiagonal(_ method: HessianDiagonal, on batch: Batch) throws -> [Tensor] {
    let variables = try weights.variables()
    let pruned = prunable(variables)
    let gradients = try network.logits(variables, batch.inputs, mode: mode)
      .crossEntropy(batch.labels).gradients(of: pruned, recorded: true)
    var diagonal = pruned
    var estimated: [Int] = []
    for index in pruned.indices {
      if method.isExact(pruned[index].count) {
        diagonal[index] = try exactDiagonal(gradients[index], pruned[index])
      } else {
        estimated.append(index)
      }
    }
    guard case .hutchinson(let probes, _) = method, !estimated.isEmpty else { return diagonal }
    let estimates = try estimatedDiagonal(
      estimated.map { gradients[$0] }, estimated.map { pruned[$0] },
      names: estimated.map { network.prunable[$0].name }, probes: probes)
    for (index, estimate) in zip(estimated, estimates) { diagonal[index] = estimate }
    return diagonal
  }

  /// Entry i is element i of H·eᵢ.
  private func exactDiagonal(_ gradient: Tensor, _ variable: Tensor) throws -> Tensor {
    let type = try variable.type
    let unit = try Tensor(repeating: 0, shape: variable.shape)
    let entries = try (0..<variable.count).map { index in
      try unit.withMutableElements(of: Float.self) { elements in
        if index > 0 { elements[index - 1] = 0 }
        elements[index] = 1
      }
      return try Tensor.vectorJacobianProducts(
        [unit.converted(to: type)], of: [gradient], inputs: [variable])[0]
        .converted(to: .float64).withElements(of: Double.self) { $0[index] }
    }
    return try Tensor(entries, shape: variable.shape).converted(to: type)
  }

  /// The mean of z ⊙ H z.
  private func estimatedDiagonal(
    _ gradients: [Tensor], _ variables: [Tensor], names: [String], probes: Int
  ) throws -> [Tensor] {
    var sums: [Tensor] = []
    for probe in 1...probes {
      let signs = try zip(names, variables).map { name, variable in
        var stream = RandomStream(path / "probe \(probe)" / name)
        let signs = [Float](unsafeUninitializedCapacity: variable.count) { buffer, count in
          stream.fill(buffer, with: .signs)
          count = buffer.count
        }
        return try Tensor(signs, shape: variable.shape).converted(to: variable.type)
      }
      let products = try Tensor.vectorJacobianProducts(signs, of: gradients, inputs: variables)
      let terms = try zip(signs, products).map { try $0 * $1 }
      sums = sums.isEmpty ? terms : try zip(sums, terms).map { try $0 + $1 }
    }
    return try sums.map { try $0 * (1 / Double(probes)) }
  }
}
