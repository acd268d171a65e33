import Datasets
import Tensors

extension Formula {
  /// +w · (H g), with g and H over the prunable weights and logits divided by `temperature`; the
  /// published score −w · H g is pruned from its top, so that its negative is kept from its top.
  ///
  /// g and H are those of the mean loss over all batches: one pass adds g up, a second one H g, exactly, as
  /// the gradient of gᵦ · stop(g) over the batches b.
  /// Reference: Wang, Zhang & Grosse, ICLR 2020, eq. 8; `absolute` as in Frankle et al., ICLR 2021.
  static let grasp = Formula(.grasp) { scoring, options in
    let scores = try scoring.hessianGradientProducts(temperature: options.number("temperature"))
    return options.flag("absolute") ? try scores.map { try $0.absolute() } : scores
  }
}

extension Scoring {
  fileprivate func hessianGradientProducts(temperature: Double) throws -> [Tensor] {
    if let program {
      let gradients = try mean(
        parts.map { try program.gradients(onPart: $0, temperature: temperature) })
      let products = try parts.map {
        try program.hessianProducts(with: gradients, onPart: $0, temperature: temperature)
      }
      return try zip(values, mean(products)).map { try $0 * $1 }
    }
    func gradients(on batch: Batch, recorded: Bool) throws -> (weights: [Tensor], [Tensor]) {
      let variables = try weights.variables()
      let pruned = prunable(variables)
      let loss = try (network.logits(variables, batch.inputs, mode: mode) * (1 / temperature))
        .crossEntropy(batch.labels)
      return (pruned, try loss.gradients(of: pruned, recorded: recorded))
    }
    // Of one batch the gradient at hand is the mean.
    let whole =
      batches.count > 1
      ? try mean(batches.map { try gradients(on: $0, recorded: false).1 }) : nil
    let perBatch = try batches.map { batch -> [Tensor] in
      let (pruned, gradients) = try gradients(on: batch, recorded: true)
      let products = try zip(gradients, whole ?? gradients).map {
        try ($0 * $1.detached()).sum()
      }
      let total = try products.dropFirst().reduce(products[0]) { try $0 + $1 }
      return try zip(values, total.gradients(of: pruned)).map { try $0 * $1 }
    }
    return try mean(perBatch)
  }
}
