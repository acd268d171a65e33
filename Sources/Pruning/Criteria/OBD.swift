import Recipes
import Tensors

extension Formula {
  /// ½ · hₖₖ · w², h the diagonal of the Hessian of the mean cross-entropy over the scoring set: the
  /// change of the loss when the weight goes, to second order at a minimum, all else diagonal.
  ///
  /// Negative entries keep their sign, unless `absolute`.
  /// Reference: LeCun, Denker & Solla, Optimal Brain Damage, NeurIPS 1989, section 2.
  static let obd = Formula(.obd) { scoring, options in
    let diagonal = try scoring.hessianDiagonal(HessianDiagonal(options))
    let scores = try zip(scoring.values, diagonal).map { value, entry in
      try value * value * entry * 0.5
    }
    return options.flag("absolute") ? try scores.map { try $0.absolute() } : scores
  }
}
