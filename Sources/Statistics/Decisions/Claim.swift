/// What a comparison may be said to show of its mean difference.
package enum Claim: Hashable, Sendable, CaseIterable {
  /// The mean difference lies within the margin.
  case equivalence

  /// The mean difference is not zero.
  case difference

  /// The mean difference lies beyond the margin: with ``equivalence``, what a suite that runs until it is decided
  /// waits for.
  case beyondMargin
}
