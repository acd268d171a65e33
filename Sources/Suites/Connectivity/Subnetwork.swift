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

extension SuiteFrame {
  /// Reads `densities:` and `methods:` of sparse networks that stand beside the dense one: both or none.
  ///
  /// - Parameter owner: the mapping that has them.
  package func subnetworks(densities: Field?, methods: Field?, of owner: Field) -> (
    densities: [Density]?, methods: [Method]?
  ) {
    guard densities != nil || methods != nil else { return ([], []) }
    func missing(_ key: String, _ example: String) {
      owner.findings.add(.missing(example: example), line: owner.line, path: key)
    }
    if densities == nil { missing("densities", "densities: [20%]") }
    if methods == nil { missing("methods", "methods: {random: random}") }
    let found = methods?.rankedMethods(self)
    for method in found ?? [] where method.name == Method.dense {
      methods?.reportTaken(method.name, by: "method", "the dense network is always there")
    }
    return (
      densities?.distinct("a list of densities, such as [20%, 5%]") { $0.density() }, found
    )
  }
}
