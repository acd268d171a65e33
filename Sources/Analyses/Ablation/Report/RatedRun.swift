import Suites

/// A run with the value of the metric that decides.
@dynamicMemberLookup
struct RatedRun: Hashable {
  let record: RunRecord
  /// `nil` for a run that diverged.
  let value: Double?

  init(_ record: RunRecord, by metric: Metric) {
    self.record = record
    value = record.value(of: metric)
  }

  subscript<Value>(dynamicMember path: KeyPath<RunRecord, Value>) -> Value { record[keyPath: path] }

  /// Whether it ended, and nobody recorded this metric of it: such a run is missing.
  var isUnmeasured: Bool { value == nil && record.accuracy != nil }
  /// Whether nothing is pruned, so that every method's network is the same.
  var keepsAll: Bool {
    !record.details.layers.isEmpty && record.details.layers.allSatisfy { $0.kept == $0.size }
  }
  /// Whether the loss was not finite at some step.
  var hasDiverged: Bool { value == nil }
  /// Whether all examples are given one class.
  var hasCollapsed: Bool { record.details.predictedClasses == 1 }
  /// Whether it diverged or collapsed.
  var hasFailed: Bool { hasDiverged || hasCollapsed }
}
