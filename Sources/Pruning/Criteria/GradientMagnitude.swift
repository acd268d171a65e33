import Recipes
import Tensors

extension Formula {
  /// |w · ∂L/∂w|, L the mean cross-entropy over the scoring set, at whatever weights are pruned.
  ///
  /// The paper's global and layer-wise gradient magnitude pruning are this criterion in either scope,
  /// on one mini-batch and, in its authors' code, with batch norm in train mode. SNIP (Lee et al., ICLR
  /// 2019) has the same formula, divided by its sum over all weights, at initialization.
  /// Reference: Blalock, Gonzalez Ortiz, Frankle & Guttag, MLSys 2020, section 7.
  static let gradientMagnitude = Formula(.gradientMagnitude) { scoring, _ in
    let gradients = try scoring.mean(scoring.parts.map(scoring.gradients))
    return try zip(scoring.values, gradients).map { try ($0 * $1).absolute() }
  }
}
