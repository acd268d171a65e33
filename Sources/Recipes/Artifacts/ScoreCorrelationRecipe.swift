/// How alike two methods rank the weights of one network.
package struct ScoreCorrelationRecipe: Work {
  package static let kind = "score-correlation"
  package static let schema = 1

  /// The roles of the two methods' scores.
  package static let roles = Array(InputRole.corners.prefix(2))

  /// Network and data.
  package let problem: Problem

  /// A recipe for the correlation of two methods' scores.
  package init(problem: Problem) { self.problem = problem }

  package var reads: [Reading] { Self.roles.map { Reading($0, files: [ArtifactFile.scores]) } }

  /// Two rankings and a merge sort, within layers and over all.
  package var cost: Double { Estimate.least + 40 * problem.sizes.prunable * Estimate.perWeight }

  /// Both scores in float64, and ranks, their order and the numbers of ties of all weights that differ.
  package var memory: Double { (2 * 8 + 40) * problem.sizes.weights }
}

/// Rank correlations of the scores that two methods give the weights of one network.
package struct ScoreCorrelation: Hashable, Sendable, Codable {
  /// The weights of one prunable tensor, or of all.
  package struct Part: Hashable, Sendable, Codable {
    /// The tensor's name; ``whole`` for all.
    package let name: String
    /// Its weights.
    package let size: Int
    /// Spearman's ρ of average ranks and Kendall's τ_b, from −1 to 1; `nil` where a method scores all weights alike.
    package let spearman, kendall: Double?

    /// The correlations of a part.
    package init(name: String, size: Int, spearman: Double?, kendall: Double?) {
      self.name = name
      self.size = size
      self.spearman = spearman
      self.kendall = kendall
    }
  }

  /// The name of all prunable weights together; no tensor's name has a blank.
  package static let whole = "all layers"

  /// All layers together, then each in network order.
  package let parts: [Part]

  /// Correlations.
  package init(parts: [Part]) { self.parts = parts }
}
