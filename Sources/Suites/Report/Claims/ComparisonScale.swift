package import Statistics

/// What differences between two arms are measured by.
package struct ComparisonScale: Hashable, Sendable {
  /// The margin, and the familywise error of each kind of claim.
  package let rule: DecisionRule
  /// Test examples behind every accuracy; `nil` where they are not known.
  package let examples: Int?

  /// A scale.
  package init(_ rule: DecisionRule, examples: Int?) {
    (self.rule, self.examples) = (rule, examples)
  }

  /// The least standard deviation in points that accuracies can show; 0 where the examples are not known.
  package var floor: Double { examples.map(SampleSummary.oneExample) ?? 0 }
}
