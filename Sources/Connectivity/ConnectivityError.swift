/// Why networks cannot be connected as asked.
package enum ConnectivityError: Error, Hashable {
  /// Two of a plane's networks have the same weights.
  case samePoint(String, String)
  /// A plane's networks lie on one line: the height of their triangle over its longest side.
  case collinear([String], height: Double)
  /// Networks with weights that are not finite.
  case notFinite([String])
}

extension ConnectivityError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .samePoint(let one, let other):
      "\(one) and \(other) have the same weights, so that no plane is defined; name three networks"
    case .collinear(let names, let height):
      "\(names.joined(separator: ", ")) lie on one line (the height of their triangle is \(height) of its "
        + "longest side), so that no plane is defined; replace one of them"
    case .notFinite(let names):
      "one of \(names.joined(separator: ", ")) holds NaN or infinity, so that no plane is defined; replace "
        + "it"
    }
  }
}
