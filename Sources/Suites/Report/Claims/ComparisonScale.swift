package import Statistics

/// What differences between two arms are measured by.
package struct ComparisonScale: Hashable, Sendable {
  /// What the arms are rated by.
  package let metric: Metric
  /// The margin, and the familywise error of each kind of claim.
  package let rule: DecisionRule
  /// Test examples behind every value; `nil` where they are not known.
  package let examples: Int?

  /// After how many replicates is looked; `nil` for once, at all there are.
  package let looks: Looks?

  /// A scale.
  package init(
    _ rule: DecisionRule, metric: Metric = .accuracy, examples: Int?, looks: Looks? = nil
  ) {
    (self.metric, self.rule, self.examples, self.looks) = (metric, rule, examples, looks)
  }

  /// The least standard deviation that a share of the examples can show; 0 where their number is not known, and for
  /// metrics that are no shares.
  package var floor: Double { metric.isShare ? examples.map(SampleSummary.oneExample) ?? 0 : 0 }
}
