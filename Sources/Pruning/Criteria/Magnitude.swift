import Recipes
import Tensors

extension Formula {
  /// |w|. Reference: Han, Pool, Tran & Dally, NeurIPS 2015.
  static let magnitude = Formula(.magnitude) { scoring, _ in
    try scoring.values.map { try $0.absolute() }
  }
}
