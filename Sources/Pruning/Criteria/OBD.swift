import Recipes
import Tensors

extension Scoring {
  /// ½ · hₖₖ · w², h the diagonal of the Hessian of the mean cross-entropy over the scoring set: the
  /// change of the loss when the weight goes, to second order at a minimum, all else diagonal.
  ///
  /// Negative entries keep their sign, unless `absolute`.
  /// Reference: LeCun, Denker & Solla, Optimal Brain Damage, NeurIPS 1989, section 2.
  func obdScores(_ method: HessianDiagonal, absolute: Bool) throws -> [Tensor] {
    let scores = try zip(prunable(weights.tensors), hessianDiagonal(method)).map { value, entry in
      try value * value * entry * 0.5
    }
    return absolute ? try scores.map { try $0.absolute() } : scores
  }
}
