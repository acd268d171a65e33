package import Laboratory
import Networks
import Pruning
package import Recipes
import Tensors

extension ScoreCorrelationRecipe: SoloAct {
  /// Correlates the ranks of both scores, over all layers and within each.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> ScoreCorrelation {
    let network = Network(problem)
    let scores = try Self.roles.map {
      try Scores(readingFrom: assignment.file(ArtifactFile.scores, of: $0), for: network).layers
    }
    func part(_ name: String, _ layers: Range<Int>) throws -> ScoreCorrelation.Part {
      let lists = scores.map { $0[layers].map(\.scores) }
      let found = try RankCorrelation(lists[0], lists[1])
      return ScoreCorrelation.Part(
        name: name, size: lists[0].reduce(0) { $0 + $1.count }, spearman: found?.spearman,
        kendall: found?.kendall)
    }
    let layers = scores[0].indices
    return ScoreCorrelation(
      parts: [try part(ScoreCorrelation.whole, layers)]
        + (try layers.map { try part(scores[0][$0].name, $0..<($0 + 1)) }))
  }
}
