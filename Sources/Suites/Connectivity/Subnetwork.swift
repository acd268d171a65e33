package import Recipes
import Wording

/// A dense network, or a subnetwork by its method and density.
package struct Subnetwork: Hashable, Codable, Sendable {
  /// The method's name; ``Method/dense`` for the whole network, ``ticket`` for a ladder's.
  package var method: String
  /// Fraction kept.
  package var density: Density

  /// A network.
  package init(method: String, density: Density) {
    self.method = method
    self.density = density
  }

  /// What a ladder's subnetworks are called.
  package static let ticket = "ticket"

  /// The whole network.
  package static let dense = Subnetwork(method: Method.dense, density: .one)
}

extension Subnetwork {
  /// `dense`, or `SNIP at 20 %`.
  package var words: String {
    self == .dense ? method : "\(method) at \(Format.percent(density.value))"
  }
}

extension Sequence where Element == Density {
  /// The densities in percent, joined by commas.
  package var words: String { map { Format.percent($0.value) }.joined(separator: ", ") }
}
