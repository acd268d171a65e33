import Tensors

extension Scoring {
  /// +w · (H g), with g and H over the prunable weights and logits divided by `temperature`; the
  /// published score −w · H g is pruned from its top, so that its negative is kept from its top.
  ///
  /// Over several batches the products are averaged. H g is exact: the gradient of g · stop(g).
  /// Reference: Wang, Zhang & Grosse, ICLR 2020, eq. 8; `absolute` as in Frankle et al., ICLR 2021.
  func graspScores(temperature: Double, absolute: Bool) throws -> [Tensor] {
    let values = prunable(weights.tensors)
    let perBatch = try batches.map { batch -> [Tensor] in
      let variables = try weights.variables()
      let pruned = prunable(variables)
      let loss = try (network.logits(variables, batch.inputs, mode: mode) * (1 / temperature))
        .crossEntropy(batch.labels)
      let gradients = try loss.gradients(of: pruned, recorded: true)
      let products = try gradients.map { try ($0 * $0.detached()).sum() }
      let total = try products.dropFirst().reduce(products[0]) { try $0 + $1 }
      return try zip(values, total.gradients(of: pruned)).map { try $0 * $1 }
    }
    let scores = try mean(perBatch)
    return absolute ? try scores.map { try $0.absolute() } : scores
  }
}
