/// Times of which some are known only to lie no earlier than what was observed: right-censored ones.
///
/// The median needs no model of what was not seen. With the observed times in ascending order it is that of the
/// observed ones; where a censored one may belong to the lower half of the sample, the true median is at least
/// that.
package struct CensoredSample: Hashable, Sendable {
  /// One time.
  package struct Time: Hashable, Sendable {
    /// What was observed.
    package let value: Double
    /// Whether the time itself may be later.
    package let isCensored: Bool

    /// A time.
    package init(_ value: Double, isCensored: Bool) {
      (self.value, self.isCensored) = (value, isCensored)
    }
  }

  /// The times, at least one, in ascending order; of equal ones those that are not censored first.
  package let times: [Time]

  /// At least one time; `nil` for none.
  package init?(_ times: [Time]) {
    guard !times.isEmpty else { return nil }
    self.times = times.sorted {
      ($0.value, $0.isCensored ? 1 : 0) < ($1.value, $1.isCensored ? 1 : 0)
    }
  }

  /// How many times are censored.
  package var censoredCount: Int { times.count(where: \.isCensored) }

  /// The median, that of an even number half-way between the two in the middle; a lower bound of it where it
  /// is censored.
  package var median: Time {
    let (lower, upper) = (times[(times.count - 1) / 2], times[times.count / 2])
    return Time(
      (lower.value + upper.value) / 2,
      isCensored: times[...(times.count / 2)].contains(where: \.isCensored))
  }
}
