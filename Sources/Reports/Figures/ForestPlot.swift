/// Differences with their intervals beside a margin of equivalence, one in each row.
///
/// An interval inside the shaded region, from −margin to margin, shows that a difference is too small
/// to matter. An interval that merely includes zero does not.
package struct ForestPlot: Equatable, Sendable {
  /// What an interval says about a difference.
  package enum Verdict: String, CaseIterable, Equatable, Sendable {
    /// The interval lies within the margin.
    case maintained
    /// The interval lies below zero and not within the margin.
    case lowered
    /// The interval lies above zero and not within the margin.
    case raised
    /// The interval includes zero and leaves the margin.
    case undecided
  }

  /// One difference.
  package struct Row: Equatable, Sendable {
    /// The name on the left.
    package var label: String
    /// The point estimate.
    package var estimate: Double
    /// The interval's lower end.
    package var lower: Double
    /// The interval's upper end.
    package var upper: Double
    /// The verdict on the right, also shown by colour and shape.
    package var verdict: Verdict
    /// Whether the verdict can inform; where it cannot, the marker is hollow and a word says so.
    package var isInformative: Bool

    /// Makes a row.
    package init(
      _ label: String, estimate: Double, lower: Double, upper: Double, verdict: Verdict,
      isInformative: Bool = true
    ) {
      self.label = label
      self.estimate = estimate
      self.lower = lower
      self.upper = upper
      self.verdict = verdict
      self.isInformative = isInformative
    }
  }

  /// Rows under a common heading.
  package struct Group: Equatable, Sendable {
    /// The heading; `""` for none.
    package var heading: String
    /// The rows, from top to bottom.
    package var rows: [Row]

    /// Makes a group.
    package init(_ heading: String, _ rows: [Row]) {
      self.heading = heading
      self.rows = rows
    }
  }

  /// The groups, from top to bottom.
  package let groups: [Group]
  /// The margin of equivalence, positive, in the units of the differences.
  package let margin: Double
  /// What the differences are, with their unit.
  package let label: String
  /// The differences at both ends; where there is none, the data, but at most six margins from zero.
  ///
  /// What lies outside is drawn as an arrow at the edge: its numbers stand in the row.
  package let range: ClosedRange<Double>?
  /// The decimals of the numbers in the rows.
  package let digits: Int

  /// Makes a forest plot.
  package init(
    _ groups: [Group], margin: Double, label: String, range: ClosedRange<Double>? = nil,
    digits: Int = 1
  ) {
    precondition(margin > 0, "a margin of equivalence is positive, not \(margin)")
    self.groups = groups
    self.margin = margin
    self.label = label
    self.range = range
    self.digits = digits
  }
}
