package import Networks
package import Recipes
import Tensors

extension StateResult.Change {
  /// The change from `first` to `last` over the weights that `mask` keeps.
  ///
  /// Weights that are zero at either end have no sign there and count as unchanged.
  package init(from first: Weights, to last: Weights, under mask: Mask) throws {
    var (signChanges, squares) = (0, 0.0)
    for layer in mask.layers {
      guard let index = first.specifications.firstIndex(where: { $0.name == layer.name }) else {
        continue
      }
      let before = try first.tensors[index].elements(of: Float.self)
      let after = try last.tensors[index].elements(of: Float.self)
      for position in layer.kept.indices where layer.kept[position] == 1 {
        let (start, end) = (before[position], after[position])
        // By comparison: the product of two small weights can be zero.
        if start < 0 && end > 0 || start > 0 && end < 0 { signChanges += 1 }
        let difference = Double(end) - Double(start)
        squares += difference * difference
      }
    }
    self.init(
      signChanges: signChanges, kept: mask.keptCount, distance: squares.squareRoot())
  }
}
