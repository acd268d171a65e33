/// McNemar's exact test that the runs of two arms fail equally often, replicate by replicate.
///
/// Replicates in which both arms fail, or neither, say nothing about which fails more often. Of the others, b
/// in which only the treated run fails and c in which only the control run does, each is equally likely to be
/// either under the null: p = min(1, 2 P(K ≤ min(b, c))) for K ~ Binomial(b + c, ½), which is the sign
/// test of the differences of failures.
///
/// Reference: McNemar, "Note on the sampling error of the difference between correlated proportions or
/// percentages", Psychometrika 12(2), 1947.
package struct McNemarTest: Hashable, Sendable {
  /// Replicates in which only the treated run failed, b.
  package let onlyTreated: Int

  /// Replicates in which only the control run failed, c.
  package let onlyControl: Int

  /// The two-sided p-value; 1 where no replicate differs.
  package var pValue: Double { signs.pValue }

  /// The p-value if all replicates that differ agreed, 2¹⁻⁽ᵇ⁺ᶜ⁾.
  package var smallestAttainablePValue: Double { signs.smallestAttainablePValue }

  private var signs: SignTest {
    SignTest(positiveCount: onlyTreated, negativeCount: onlyControl)
  }

  /// Compares which replicates failed.
  ///
  /// - Parameters:
  ///   - treated: whether the treated run failed, one per replicate.
  ///   - control: whether the same replicates' control runs failed.
  /// - Throws: `StatisticsError.armsDiffer`.
  package init(treated: [Bool], control: [Bool]) throws {
    guard treated.count == control.count else {
      throw StatisticsError.armsDiffer(treated: treated.count, control: control.count)
    }
    onlyTreated = zip(treated, control).count { $0 && !$1 }
    onlyControl = zip(treated, control).count { !$0 && $1 }
  }
}
