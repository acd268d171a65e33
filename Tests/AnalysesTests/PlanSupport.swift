import Foundation
import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// Methods of every sort that needs no files: one shot, iterative, on the trained network.
let methodsOfEverySort = """
  {random: random, snip: snip, synflow: {criterion: synflow, schedule: {exponential: 3}},
   ticket: {criterion: magnitude, mask-from: last}}
  """

/// The plan of a suite.
func plan(_ text: String, folder: URL? = nil) throws -> AnalysisPlan<AblationCell> {
  let decoded = try decode(text, folder: folder)
  return try AnalysisPlan(expanding: decoded.suite, design(decoded))
}

extension AnalysisPlan where Cell == AblationCell {
  /// The cell of a method, a combination, a density and a replicate.
  func cell(
    _ method: String, _ ablations: Set<Ablation> = [], density: String = "0.512", replicate: Int = 1
  ) throws -> AblationCell {
    let combination = AblationCombination(ablations)
    return try #require(
      cells.first {
        $0.method == method && $0.combination == combination && $0.density == Density(density)
          && $0.replicate == replicate
      })
  }

  /// The artifact of a key.
  func artifact(_ key: Key?) throws -> Artifact {
    try #require(artifacts.first { $0.key == key })
  }

  /// The recipes of a kind.
  func recipes<Kind: Work>(_ kind: Kind.Type) throws -> [Kind] {
    try artifacts.compactMap { try $0.work(kind) }
  }

  /// The recipe of a cell's walk.
  func training(_ cell: AblationCell) throws -> WalkRecipe {
    try artifacts.walk(of: cell.training.state).recipe
  }

  /// The recipe of a cell's mask, found by a ranking.
  func mask(_ cell: AblationCell) throws -> MaskRecipe {
    try #require(try artifact(cell.mask).work(MaskRecipe.self))
  }
}

extension Artifact {
  /// Its recipe; `nil` for another kind.
  func work<Kind: Work>(_: Kind.Type) throws -> Kind? {
    kind == Kind.kind ? try JSONDecoder().decode(Kind.self, from: recipe) : nil
  }
}
