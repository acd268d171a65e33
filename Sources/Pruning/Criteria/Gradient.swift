import Recipes
import Tensors

extension Formula {
  /// |∂L/∂w|, L the mean cross-entropy over the scoring set.
  static let gradient = Formula(.gradient) { scoring, _ in
    try scoring.mean(scoring.parts.map(scoring.gradients)).map { try $0.absolute() }
  }
}
