/// The mean difference of two arms over replicates *and* test examples, both drawn from more of their kind.
///
/// An interval over replicates holds for this test set; other images of the same kind would give another mean.
/// With n replicates and N examples in two-way random effects, d_ri = δ + R_r + I_i + E_ri,
///
///     MS_R = N Σ(d̄_r − d̄)² / (n − 1),   MS_I = n Σ(d̄_i − d̄)² / (N − 1),
///     MS_E = Σ(d_ri − d̄_r − d̄_i + d̄)² / ((n − 1)(N − 1)),
///     V = (MS_R + MS_I − MS_E) / (nN)
///
/// V estimates the variance of d̄ without bias, at Satterthwaite's degrees of freedom (MS_R + MS_I − MS_E)² / (MS_R² /
/// (n − 1) + MS_I² / (N − 1) + MS_E² / ((n − 1)(N − 1))). Where MS_I < MS_E examples add nothing that can be
/// seen, and V is that of the replicates alone, MS_R / (nN) = s²/n, at n − 1. So V is never below s²/n.
///
/// Degrees are never fewer than n − 1. With a mean square subtracted Satterthwaite's formula can give almost none, and
/// an interval without end, where MS_R happens to be small and MS_I to be near MS_E; what examples add to the
/// replicates' variance cannot make it less known than it was. With that bound intervals of 90 % hold the mean in
/// 90.3 to 91.5 % of cases where neither runs nor examples vary beyond chance.
///
/// References: Searle, Casella and McCulloch, "Variance Components", Wiley, 1992, chapter 4; Satterthwaite,
/// "An approximate distribution of estimates of variance components", Biometrics Bulletin 2(6), 1946; Gaylor
/// and Hopper, "Estimating the degrees of freedom for linear combinations of mean squares by Satterthwaite's
/// formula", Technometrics 11(4), 1969 (mean squares that are subtracted).
package struct CrossedComparison: Hashable, Sendable {
  /// The three mean squares, of d as −1, 0 or 1.
  package struct MeanSquares: Hashable, Sendable {
    /// Between replicates, MS_R, on n − 1 degrees of freedom.
    package let replicates: Double
    /// Between examples, MS_I, on N − 1.
    package let examples: Double
    /// Of what is left, MS_E, on (n − 1)(N − 1).
    package let residual: Double
  }

  /// The number of replicates, n.
  package let replicateCount: Int

  /// The number of test examples, N.
  package let exampleCount: Int

  /// The mean difference d̄, treated minus control, in accuracy points.
  package let mean: Double

  /// The mean squares.
  package let meanSquares: MeanSquares

  /// Whether examples add a variance that can be seen, MS_I ≥ MS_E.
  package let countsExamples: Bool

  /// The standard error of the mean over replicates and examples, √V, in accuracy points.
  package let standardError: Double

  /// The degrees of freedom of V: Satterthwaite's, but at least n − 1, which it is where examples add nothing.
  package let degreesOfFreedom: Double

  /// Analyses at least two replicates on at least two examples.
  ///
  /// Sums of squares are exact: whole numbers, which hold up to nN = 3·10⁹ answers an arm.
  ///
  /// - Throws: `StatisticsError.tooFewValues`.
  package init(_ sums: CrossedSums) throws {
    let (n, examples) = (sums.replicates.count, sums.examples.count)
    for (count, name) in [(n, "replicates"), (examples, "test examples")] where count < 2 {
      throw StatisticsError.tooFewValues(
        statistic: "a crossed interval, of \(name),", needed: 2, given: count)
    }
    let total = sums.replicates.reduce(0, +)
    // nN times each sum of squares.
    let betweenReplicates = n * Self.squares(sums.replicates) - total * total
    let betweenExamples = examples * Self.squares(sums.examples) - total * total
    let residual =
      n * examples * sums.squares - total * total - betweenReplicates - betweenExamples
    let cells = Double(n * examples)
    let freedom = (Double(n - 1), Double(examples - 1), Double((n - 1) * (examples - 1)))
    self.init(
      replicateCount: n, exampleCount: examples, mean: 100 * Double(total) / cells,
      MeanSquares(
        replicates: Double(betweenReplicates) / cells / freedom.0,
        examples: Double(betweenExamples) / cells / freedom.1,
        residual: Double(residual) / cells / freedom.2),
      countsExamples: betweenExamples * (n - 1) >= residual)
  }

  /// What follows from the mean squares.
  init(
    replicateCount: Int, exampleCount: Int, mean: Double, _ squares: MeanSquares,
    countsExamples: Bool
  ) {
    let (n, examples) = (Double(replicateCount), Double(exampleCount))
    self.replicateCount = replicateCount
    self.exampleCount = exampleCount
    self.mean = mean
    meanSquares = squares
    let combined = squares.replicates + squares.examples - squares.residual
    self.countsExamples = countsExamples && combined > 0
    standardError =
      100 * ((self.countsExamples ? combined : squares.replicates) / (n * examples)).squareRoot()
    let satterthwaite =
      combined * combined
      / (squares.replicates * squares.replicates / (n - 1)
        + squares.examples * squares.examples / (examples - 1)
        + squares.residual * squares.residual / ((n - 1) * (examples - 1)))
    degreesOfFreedom = self.countsExamples ? max(satterthwaite, n - 1) : n - 1
  }

  /// The t-interval of the mean over replicates and examples, in accuracy points.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func interval(level: Double) throws -> Interval {
    try requireLevel(level)
    let t = try StudentT.quantile(
      upperTail: (1 - level) / 2, degreesOfFreedom: degreesOfFreedom)
    return Interval(lower: mean - t * standardError, upper: mean + t * standardError)
  }

  /// The replicates' mean with the spread that new test examples would add, √(n V), for tests on n − 1 degrees of
  /// freedom.
  ///
  /// As V is at least s²/n, a p-value that is small enough for a claim is at least that over replicates alone,
  /// so what ``ClaimProcedure`` shows with these p-values it shows without them too; what it shows only without
  /// them would not survive new test examples (``ClaimProcedure/shown(_:butNotBy:)``). n − 1 rather than Satterthwaite's
  /// degrees make the mark a strict one.
  package var summary: SampleSummary {
    SampleSummary(
      count: replicateCount, mean: mean,
      standardDeviation: standardError * Double(replicateCount).squareRoot())
  }

  /// The p-value of a claim on new replicates *and* new test examples, from ``summary``.
  ///
  /// - Parameters:
  ///   - claim: what is to be shown.
  ///   - sameness: what equivalence means.
  ///   - margin: the margin of equivalence, in accuracy points.
  ///   - floor: the floor of the replicates' standard deviation, as in ``DensityComparison``.
  /// - Throws: `StatisticsError.parameterOutside`.
  package func pValue(
    toShow claim: Claim, _ sameness: Sameness = .withinMargin, margin: Double, floor: Double
  ) throws -> Double {
    try summary.withDeviation(atLeast: floor).pValue(toShow: claim, sameness, margin: margin)
  }

  /// Σ x².
  private static func squares(_ values: [Int]) -> Int {
    values.reduce(0) { $0 + $1 * $1 }
  }
}
