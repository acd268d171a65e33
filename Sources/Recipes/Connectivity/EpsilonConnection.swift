/// Whether a path joins two networks without its loss rising by more than ε above the worse of them.
///
/// Reference: Kuditipudi et al., NeurIPS 2019, definition of ε-connected.
package struct EpsilonConnection: Hashable, Sendable {
  /// max(L(start), L(end)) + ε.
  package let bound: Double
  /// The largest loss on the path; `nil` where one is not finite.
  package let highest: Double?

  /// The verdict on a path.
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// No loss exceeds the bound.
    case connected = "ε-connected"
    /// A loss exceeds it.
    case apart = "not ε-connected"
    /// A loss on the path is not finite.
    case unbounded
  }

  /// Judges the losses of a path's points, both ends included; `nil` where an end has no finite one.
  package init?(losses: [Double?], epsilon: Double) {
    precondition(epsilon >= 0, "ε of \(epsilon)")
    guard let first = losses.first ?? nil, let last = losses.last ?? nil else { return nil }
    bound = max(first, last) + epsilon
    let finite = losses.compactMap(\.self)
    highest = finite.count == losses.count ? finite.max() : nil
  }

  /// Largest loss less the bound: 0 or below where the path is ε-connected.
  package var excess: Double? { highest.map { $0 - bound } }

  /// The verdict; losses of float32 logits are compared to `rounding`, relative to the bound.
  package func verdict(rounding: Double = 0) -> Verdict {
    guard let excess else { return .unbounded }
    return excess <= rounding * max(abs(bound), 1) ? .connected : .apart
  }

  /// What evaluation in float32 leaves uncertain of a loss, relative to it or to 1: a few units in the last
  /// place of logits, summed over as many layers as there are.
  package static let rounding = 1e-5
}
