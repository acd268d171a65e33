/// How much of a number's variance lies between groups and how much within them: random effects, one way.
///
/// With a groups of nᵢ independent values, N in all, mean squares between (a − 1 degrees of freedom) and
/// within (N − a) give
///
///     within = MSW,  between = max(0, (MSB − MSW) / n₀),  n₀ = (N − Σ nᵢ²/N) / (a − 1).
///
/// Reference: Searle, Casella and McCulloch, "Variance Components", Wiley, 1992, section 3.6.
package struct VarianceComponents: Hashable, Sendable {
  /// Variance between groups, in the square of the values' unit.
  package let between: Double
  /// Variance within a group.
  package let within: Double

  /// The components of `groups`, empty ones left out; `nil` for fewer than two groups, or where no group
  /// has two values.
  ///
  /// - Throws: `StatisticsError.valueNotFinite`.
  package init?(_ groups: [[Double]]) throws {
    let groups = groups.filter { !$0.isEmpty }
    let all = groups.flatMap { $0 }
    guard groups.count >= 2, all.count > groups.count else { return nil }
    try requireSample(all, atLeast: 3, for: "variance components")
    let (total, grand) = (Double(all.count), Sample.mean(all))
    var (squaresBetween, squaresWithin) = (0.0, 0.0)
    for group in groups {
      let own = Sample.mean(group)
      squaresBetween += Double(group.count) * (own - grand) * (own - grand)
      squaresWithin += group.reduce(0) { $0 + ($1 - own) * ($1 - own) }
    }
    let freedom = Double(groups.count - 1)
    let size =
      (total - groups.reduce(0) { $0 + Double($1.count * $1.count) } / total) / freedom
    within = squaresWithin / (total - Double(groups.count))
    between = max(0, (squaresBetween / freedom - within) / size)
  }
}
