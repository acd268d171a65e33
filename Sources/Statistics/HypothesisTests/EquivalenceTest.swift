/// Two one-sided t-tests (TOST) that the mean of paired differences lies within ±margin.
///
/// p is the larger of P(T > (d̄ + m) / (s / √n)) and P(T > (m − d̄) / (s / √n)), so p < α exactly
/// where the (1 − 2α) t-interval lies strictly inside (−m, m).
///
/// Reference: Schuirmann, "A comparison of the two one-sided tests procedure and the power approach
/// for assessing the equivalence of average bioavailability", Journal of Pharmacokinetics and
/// Biopharmaceutics 15(6), 1987.
package struct EquivalenceTest: Hashable, Sendable {
  /// The margin m, in the differences' unit.
  package let margin: Double

  /// The degrees of freedom, n − 1.
  package let degreesOfFreedom: Int

  /// The p-value against "the mean lies at the margin or beyond".
  ///
  /// Where all differences are equal it is 0 strictly inside the margin, else 1.
  package let pValue: Double

  /// Tests at least two paired differences against a positive margin.
  ///
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside`.
  package init(differences: [Double], margin: Double) throws {
    try self.init(SampleSummary(differences), margin: margin)
  }

  /// Tests the mean that a summary of paired differences tells, against a positive margin.
  ///
  /// - Throws: `StatisticsError.parameterOutside`.
  package init(_ summary: SampleSummary, margin: Double) throws {
    try requireMargin(margin)
    self.margin = margin
    degreesOfFreedom = summary.degreesOfFreedom
    // The mean is nearer to one margin; the test against that one has the larger p.
    pValue = try oneSidedPValue(room: margin - abs(summary.mean), of: summary)
  }
}

/// P(T > room / (s / √n)), of a mean that lies `room` inside its margin; where all values are equal 0
/// inside the margin, else 1.
func oneSidedPValue(room: Double, of summary: SampleSummary) throws -> Double {
  guard summary.standardDeviation > 0 else { return room > 0 ? 0 : 1 }
  return try StudentT.upperTail(
    room / summary.standardError, degreesOfFreedom: summary.degreesOfFreedom)
}

/// Throws unless `margin` is finite and above zero.
func requireMargin(_ margin: Double) throws {
  guard 0 < margin && margin < .infinity else {
    throw StatisticsError.parameterOutside(
      name: "the equivalence margin", value: margin, allowed: "finite and above 0")
  }
}
