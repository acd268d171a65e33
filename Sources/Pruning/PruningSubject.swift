package import Networks

/// What iterative pruning prunes: it scores what it has left and drops what a ranking decides.
package protocol PruningSubject: AnyObject {
  /// Names of the prunable layers, in network order.
  var names: [String] { get }
  /// How much of each layer is left.
  var keptCounts: [Int] { get throws }
  /// Scores what is left, in iteration 1, 2, …
  func scores(in iteration: Int) throws -> [Ranking.Layer]
  /// Drops what a ranking of the last scores has decided to prune.
  func drop(_ decision: Ranking.Decision) throws
  /// What is left.
  var mask: Mask { get throws }
}

/// A mask that shrinks, and a function that scores under it.
package final class MaskedSubject: PruningSubject {
  package private(set) var mask: Mask
  private let score: (Mask, Int) throws -> Scores

  /// Starts at `mask`; `score` gets a mask and the iteration.
  package init(_ mask: Mask, score: @escaping (Mask, Int) throws -> Scores) {
    self.mask = mask
    self.score = score
  }

  package var names: [String] { mask.layers.map(\.name) }

  package var keptCounts: [Int] { mask.layers.map(\.keptCount) }

  package func scores(in iteration: Int) throws -> [Ranking.Layer] {
    try score(mask, iteration).ranked(within: mask)
  }

  package func drop(_ decision: Ranking.Decision) throws { mask = try mask.pruned(by: decision) }
}
