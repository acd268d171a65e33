/// An interval of the real line with its two ends, in the unit of what it encloses.
package struct Interval: Hashable, Sendable {
  /// The lower end.
  package let lower: Double

  /// The upper end, at least `lower`.
  package let upper: Double

  /// The interval [lower, upper]; traps where `lower` lies above `upper`.
  package init(lower: Double, upper: Double) {
    precondition(lower <= upper, "an interval from \(lower) to \(upper)")
    self.lower = lower
    self.upper = upper
  }

  /// Whether `value` lies between the ends or on one of them.
  package func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper
  }
}
