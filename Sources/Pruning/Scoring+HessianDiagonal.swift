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
    guard let program else {
      return try mean(batches.map { try hessianDiagonal(method, on: $0) })
    }
    return try mean(
      parts.map { part in
        try hessianDiagonal(method) {
          try program.hessianProducts(with: $0, onPart: part, temperature: 1)
        }
      })
  }

  /// The same by products of the Hessian with vectors, one tensor for each prunable one.
  private func hessianDiagonal(
    _ method: HessianDiagonal, by product: ([Tensor]) throws -> [Tensor]
  ) throws -> [Tensor] {
    let prunable = network.prunable
    let zeros = try prunable.map { try Tensor(repeating: 0, shape: $0.shape, type: .float64) }
    let estimated = prunable.indices.filter { !method.isExact(prunable[$0].count) }
    var diagonal = zeros
    for index in prunable.indices where !estimated.contains(index) {
      var (entries, vector) = ([Double](), zeros)
      for element in 0..<prunable[index].count {
        var unit = [Double](repeating: 0, count: prunable[index].count)
        unit[element] = 1
        vector[index] = try Tensor(unit, shape: prunable[index].shape)
        entries.append(try product(vector)[index].withElements(of: Double.self) { $0[element] })
      }
      diagonal[index] = try Tensor(entries, shape: prunable[index].shape)
    }
    guard case .hutchinson(let probes, _) = method, !estimated.isEmpty else { return diagonal }
    for probe in 1...probes {
      var vector = zeros
      for index in estimated {
        vector[index] = try signs(of: prunable[index], probe: probe).converted(to: .float64)
      }
      let products = try product(vector)
      for index in estimated {
        diagonal[index] =
          try diagonal[index] + vector[index] * products[index] * (1 / Double(probes))
      }
    }
    return diagonal
  }

  /// The signs of probe 1, 2, … for one tensor.
  private func signs(of tensor: TensorSpecification, probe: Int) throws -> Tensor {
    var stream = RandomStream(path / "probe \(probe)" / tensor.name)
    let signs = [Float](unsafeUninitializedCapacity: tensor.count) { buffer, count in
      stream.fill(buffer, with: .signs)
      count = buffer.count
    }
    return try Tensor(signs, shape: tensor.shape)
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
      of: estimated.map { network.prunable[$0] }, probes: probes)
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
    _ gradients: [Tensor], _ variables: [Tensor], of tensors: [TensorSpecification], probes: Int
  ) throws -> [Tensor] {
    var sums: [Tensor] = []
    for probe in 1...probes {
      let signs = try zip(tensors, variables).map { tensor, variable in
        try self.signs(of: tensor, probe: probe).converted(to: variable.type)
      }
      let products = try Tensor.vectorJacobianProducts(signs, of: gradients, inputs: variables)
      let terms = try zip(signs, products).map { try $0 * $1 }
      sums = sums.isEmpty ? terms : try zip(sums, terms).map { try $0 + $1 }
    }
    return try sums.map { try $0 * (1 / Double(probes)) }
  }
}
