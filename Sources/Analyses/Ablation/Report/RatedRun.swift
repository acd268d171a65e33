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
    value = record.value(of: settings.metric)
    failure = RunFailure(record, value: value, settings)
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
  /// Whether it tells nothing of what was learnt.
  var hasFailed: Bool { failure != nil }
}
