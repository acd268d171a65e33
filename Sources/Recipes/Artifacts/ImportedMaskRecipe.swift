/// A mask from a file of the user's.
package struct ImportedMaskRecipe: Work {
  package static let kind = "imported-mask"
  // 2: effective weights and outputs reached are counted.
  package static let schema = 2

  /// Network and data.
  package let problem: Problem
  /// SHA-256 of the file.
  package let digest: String
  /// The density that the suite states for it; the counts it has are recorded beside.
  package let density: Density
  /// What the suite says of names in the file; `nil` where it says nothing.
  package let renames: [Rename]?

  /// An imported mask's recipe.
  package init(problem: Problem, digest: String, density: Density, renames: [Rename] = []) {
    self.renames = renames.isEmpty ? nil : renames
    self.problem = problem
    self.digest = digest
    self.density = density
  }

  package var reads: [Reading] { [] }
  package var cost: Double { problem.rankingCost }
  package var memory: Double { problem.rankingMemory }
}
