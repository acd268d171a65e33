import Suites

/// Why a run tells nothing of what was learnt.
enum RunFailure: Hashable, CaseIterable {
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

extension RunRecord {
  /// How it failed; `nil` where it did not.
  ///
  /// - Parameter chance: share of the commonest class in percent.
  func failure(chance: Double) -> RunFailure? {
    guard let accuracy else { return .diverged }
    guard let classes = details.predictedClasses else {
      return accuracy <= chance ? .guessing : nil
    }
    return classes == 1 ? .collapsed : nil
  }
}
