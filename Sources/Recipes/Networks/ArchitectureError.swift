/// Why an architecture does not fit its input or its classes.
package enum ArchitectureError: Error, Hashable, Sendable {
  /// A layer that cannot take the shape that reaches it; `needed` says what it could.
  case input(layer: String, position: String, found: String, needed: String)
  /// A convolution whose groups do not divide its outputs.
  case groups(layer: String, position: String, outputs: Int, groups: Int)
  /// A residual whose two ways end in different shapes.
  case residual(position: String, body: String, shortcut: String)
  /// A last layer whose outputs are not the classes.
  case outputs(found: String, classes: Int)
  /// Two layers of one name.
  case duplicateName(String)
  /// No layer has weights.
  case noWeights
  /// With this layer, more numbers than ``Architecture/largestCount``.
  case tooLarge(layer: String, position: String)
}

extension ArchitectureError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .input(let layer, let position, let found, let needed):
      "\(layer) (\(position)) gets \(found) and needs \(needed); change it or the layers before it"
    case .groups(let layer, let position, let outputs, let groups):
      "\(layer) (\(position)) gives \(outputs) channels, which its \(groups) groups do not divide;"
        + " change `outputs` or `groups`"
    case .residual(let position, let body, let shortcut):
      "the residual (\(position)) adds \(body) from its body to \(shortcut) from its shortcut;"
        + " give the shortcut a convolution that makes them equal"
    case .outputs(let found, let classes):
      "the last layer gives \(found) and the dataset has \(classes) classes;"
        + " end with a linear layer of \(classes) outputs"
    case .duplicateName(let name):
      "two layers are called '\(name)'; names make the state dict's keys, so give each its own"
    case .tooLarge(let layer, let position):
      "\(layer) (\(position)) makes the network too large: its tensors, and what its layers write for"
        + " one example, may have up to \(Architecture.largestCount / 1_000_000_000) billion numbers each;"
        + " make layers narrower or the input smaller"
    case .noWeights: "no layer has weights; add a convolution or a linear layer"
    }
  }
}
