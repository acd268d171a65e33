/// Why a run tells nothing of what was learnt.
package enum RunFailure: Hashable, Sendable, CaseIterable {
  /// The loss was not finite at some step.
  case diverged
  /// All examples are given one class.
  case collapsed
  /// No more examples are right than the commonest class has, and nothing tells which classes were given.
  case guessing

  /// What such runs do.
  var words: String {
    switch self {
    case .diverged: "diverge"
    case .collapsed: "predict one class"
    case .guessing: "are no better than the commonest class"
    }
  }
}
