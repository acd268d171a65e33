package import Recipes

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
