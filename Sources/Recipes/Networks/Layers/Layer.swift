/// A layer whose shapes are known; tensors are meant by their position in ``Architecture/tensors``.
package struct Layer: Hashable, Sendable {
  /// The layer as it was listed.
  package let plan: LayerPlan
  /// Positions of its tensors by their names within the layer, such as `weight` or `running_mean`.
  package let tensors: [String: Int]
  /// The layers within it, one list for each of the kind's branches.
  package let branches: [[Layer]]

  /// Its kind.
  package var kind: LayerKind { plan.kind }
  /// The values of the kind's options.
  package var options: OptionValues { plan.options }
  /// What its tensors are called by.
  var name: String { plan.name ?? plan.label }

  /// The position of a tensor that every layer of the kind has.
  package func position(of tensor: String) -> Int {
    guard let position = tensors[tensor] else {
      preconditionFailure("\(plan.label) has no \(tensor)")
    }
    return position
  }
}
