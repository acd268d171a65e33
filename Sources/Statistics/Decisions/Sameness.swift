/// When the treated arm of a comparison counts as the same as its control.
package enum Sameness: Hashable, Sendable, CaseIterable {
  /// The mean difference lies within the margin on both sides: two one-sided tests, ``EquivalenceTest``.
  case withinMargin

  /// The mean drops by less than the margin, however far it rises: one one-sided test, ``NonInferiorityTest``.
  ///
  /// A subnetwork *matches* in this sense (Frankle, Dziugaite, Roy and Carbin, ICML 2020, section 4): one that is
  /// more accurate than the dense network is no failure.
  case noWorse
}

extension SampleSummary {
  /// The p-value of `claim` on paired differences, treated minus control, that this summarizes.
  ///
  /// - Throws: `StatisticsError.parameterOutside` for a margin that is not above 0.
  func pValue(toShow claim: Claim, _ sameness: Sameness, margin: Double) throws -> Double {
    switch (claim, sameness) {
    case (.equivalence, .withinMargin): try EquivalenceTest(self, margin: margin).pValue
    case (.equivalence, .noWorse): try NonInferiorityTest(self, margin: margin).pValue
    case (.difference, _): try TTest(self).pValue
    case (.beyondMargin, _): try BeyondMarginTest(self, margin: margin).pValue
    }
  }
}
