/// What two arms run on the same replicates say at one density, before any correction for how many comparisons there
/// are.
///
/// Everything is in the unit of the arms (accuracy points) unless said otherwise; differences are treated minus
/// control. What is claimed in bold comes from ``ClaimProcedure`` over these p-values; the interval is
/// descriptive.
package struct DensityComparison: Hashable, Sendable {
  /// Treated minus control, one per replicate, without rounding noise (`pairedDifferences`).
  package let differences: [Double]

  /// Their count and mean, and their standard deviation, raised to the floor where it is smaller.
  package let summary: SampleSummary

  /// Whether the standard deviation was raised to the floor.
  package let isFloored: Bool

  /// The (1 − 2α) t-interval of the mean.
  package let interval: Interval

  /// The two one-sided tests against the margin.
  package let equivalenceTest: EquivalenceTest

  /// The one-sided test that the mean does not drop by the margin.
  package let nonInferiorityTest: NonInferiorityTest

  /// The two one-sided tests that the mean lies beyond the margin.
  package let beyondMarginTest: BeyondMarginTest

  /// The paired t-test against zero.
  package let tTest: TTest

  /// The exact sign test, which stands beside where the differences are skewed.
  package let signTest: SignTest

  /// The differences' skewness; `nil` below three replicates and for equal differences.
  package let skewness: Skewness?

  /// Compares two arms of at least two replicates.
  ///
  /// - Parameters:
  ///   - treated: one value per replicate.
  ///   - control: the same replicates' values in the other arm.
  ///   - rule: the margin and α.
  ///   - floor: the least standard deviation that the scale can show, ``SampleSummary/oneExample(of:)`` for
  ///     accuracies; 0 for a scale without steps.
  /// - Throws: `StatisticsError`; `.tooFewValues` below two replicates, which show nothing.
  package init(treated: [Double], control: [Double], rule: DecisionRule, floor: Double) throws {
    differences = try pairedDifferences(treated: treated, control: control)
    let observed = try SampleSummary(differences)
    summary = observed.withDeviation(atLeast: floor)
    isFloored = observed.standardDeviation < floor
    interval = try summary.meanInterval(level: rule.intervalLevel)
    equivalenceTest = try EquivalenceTest(summary, margin: rule.margin)
    nonInferiorityTest = try NonInferiorityTest(summary, margin: rule.margin)
    beyondMarginTest = try BeyondMarginTest(summary, margin: rule.margin)
    tTest = try TTest(summary)
    signTest = try SignTest(differences: differences)
    skewness = try Skewness(of: differences)
  }

  /// The p-value that ``ClaimProcedure`` takes for a claim.
  package func pValue(toShow claim: Claim, _ sameness: Sameness = .withinMargin) -> Double {
    switch (claim, sameness) {
    case (.equivalence, .withinMargin): equivalenceTest.pValue
    case (.equivalence, .noWorse): nonInferiorityTest.pValue
    case (.difference, _): tTest.pValue
    case (.beyondMargin, _): beyondMarginTest.pValue
    }
  }
}
