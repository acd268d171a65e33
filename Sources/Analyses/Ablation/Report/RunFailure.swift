import Suites

/// Why a run tells nothing of what was learnt.
enum RunFailure: Hashable, CaseIterable {
  /// The loss was not finite at some step.
  case diverged
  /// All examples are given one class.
  case collapsed
  /// No more examples are right than the commonest class has, and nothing tells which classes were given.
  case guessing

  /// How a run failed that has this value of the metric; `nil` where it did not.
  init?(_ run: RunRecord, value: Double?, _ settings: AblationSettings) {
    guard let value else {
      self = .diverged
      return
    }
    if let classes = run.details.predictedClasses {
      guard classes == 1 else { return nil }
      self = .collapsed
    } else {
      guard settings.isGuessing(run, value: value) else { return nil }
      self = .guessing
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

extension AblationSettings {
  /// Whether a run is no better than giving all examples the commonest class; where the metric does not tell, the
  /// accuracy does.
  fileprivate func isGuessing(_ run: RunRecord, value: Double) -> Bool {
    guard let constant = metric.constant?(chance) else {
      return run.accuracy.map { $0 <= chance } ?? false
    }
    return switch metric.better {
    case .higher: value <= constant
    case .lower: value >= constant
    }
  }
}
