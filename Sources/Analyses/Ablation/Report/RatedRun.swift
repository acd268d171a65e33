import Statistics
import Suites

/// A run with the value of the metric that decides.
@dynamicMemberLookup
struct RatedRun: Hashable {
  let record: RunRecord
  /// `nil` for a run that diverged.
  let value: Double?
  /// How it failed; `nil` where it did not.
  let failure: RunFailure?

  /// A run as `settings` rate it.
  init(_ record: RunRecord, _ settings: AblationSettings) {
    self.record = record
    let value = record.value(of: settings.metric)
    self.value = value
    failure = RunFailure(
      hasDiverged: value == nil, isDisconnected: record.isDisconnected,
      classes: record.details.predictedClasses,
      isGuessing: value.map { settings.isGuessing(record, value: $0) } ?? false)
  }

  subscript<Value>(dynamicMember path: KeyPath<RunRecord, Value>) -> Value { record[keyPath: path] }

  /// Whether it ended, and nobody recorded this metric of it: such a run is missing.
  var isUnmeasured: Bool { value == nil && record.accuracy != nil }
  /// Whether nothing is pruned, so that every method's network is the same.
  var keepsAll: Bool {
    !record.details.layers.isEmpty && record.details.layers.allSatisfy { $0.kept == $0.size }
  }
  /// Whether the loss was not finite at some step.
  var hasDiverged: Bool { failure == .diverged }

  /// What comparisons need of it, which counts as `diverged` where it diverged.
  func compared(diverged: Double?) -> ComparedRun {
    let details = record.details
    var spread: CrossedComparison.Spread?
    if let examples = details.examplesDeviation, let residual = details.residualDeviation {
      spread = CrossedComparison.Spread(examples: examples, residual: residual)
    }
    return ComparedRun(
      replicate: record.replicate, value: value ?? diverged, failure: failure,
      tellsClasses: details.predictedClasses != nil, isDisconnected: record.isDisconnected,
      steps: details.steps, spread: spread)
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
