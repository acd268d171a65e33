/// Why a run tells nothing of what was learnt.
package enum RunFailure: Hashable, Sendable, CaseIterable {
  /// The loss was not finite at some step.
  case diverged
  /// All examples are given one class.
  case collapsed
  /// No more examples are right than the commonest class has, and nothing tells which classes were given.
  case guessing

  /// How a run failed; `nil` where it did not.
  ///
  /// - Parameters:
  ///   - hasDiverged: the loss was not finite at some step.
  ///   - isDisconnected: no kept weight leads to an output, so that all examples are given one class.
  ///   - classes: how many classes examples are given; `nil` where that is not recorded.
  ///   - isGuessing: no more examples are right than the commonest class has.
  package init?(hasDiverged: Bool, isDisconnected: Bool, classes: Int?, isGuessing: Bool) {
    if hasDiverged {
      self = .diverged
    } else if isDisconnected || classes == 1 {
      self = .collapsed
    } else if classes == nil && isGuessing {
      self = .guessing
    } else {
      return nil
    }
  }

  /// What such runs do.
  var words: String {
    switch self {
    case .diverged: "diverge"
    case .collapsed: "predict one class"
    case .guessing: "are no better than the commonest class"
    }
  }
}
