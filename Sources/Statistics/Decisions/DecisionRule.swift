/// What a suite fixes before the run: how small a difference counts as none, and at what risk.
package struct DecisionRule: Hashable, Sendable {
  /// The margin m, in the unit of the differences (accuracy points).
  package let margin: Double

  /// The risk α of calling a difference of the margin *maintained*.
  package let alpha: Double

  /// The confidence level of the interval that decides, 1 − 2α.
  package var intervalLevel: Double { 1 - 2 * alpha }

  /// A rule with a positive margin and α in (0, ½).
  ///
  /// - Throws: `StatisticsError.parameterOutside`.
  package init(margin: Double, alpha: Double) throws {
    try requireMargin(margin)
    guard 0 < alpha && alpha < 0.5 else {
      throw StatisticsError.parameterOutside(
        name: "α", value: alpha, allowed: "strictly between 0 and 0.5")
    }
    self.margin = margin
    self.alpha = alpha
  }
}
