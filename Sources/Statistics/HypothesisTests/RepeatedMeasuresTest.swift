/// Analysis of variance of k treatments that the same n replicates all have: one factor within replicates.
///
/// With means x̄_i of replicates, x̄_j of treatments and x̄ of all,
///
///     F = n Σ (x̄_j − x̄)² / (k − 1) ÷ Σ (x_ij − x̄_i − x̄_j + x̄)² / ((k − 1)(n − 1)).
///
/// F has k − 1 and (k − 1)(n − 1) degrees of freedom where replicates are independent, normal, and all
/// differences of two treatments vary alike (sphericity). Accuracies at different densities never do, so
/// ``pValue`` multiplies both degrees by Greenhouse and Geisser's ε = tr(S)² / ((k − 1) tr(S²)) of the doubly
/// centred covariance S of treatments, between 1/(k − 1) and 1, which is 1 under sphericity; few replicates
/// make it conservative. For two treatments F is the square of the paired t, with the same p.
///
/// References: Greenhouse and Geisser, "On methods in the analysis of profile data", Psychometrika 24(2), 1959;
/// Box, "Some theorems on quadratic forms applied in the study of analysis of variance problems, II", Annals of
/// Mathematical Statistics 25(3), 1954.
package struct RepeatedMeasuresTest: Hashable, Sendable {
  /// F; 0 where treatments do not differ, infinite where they differ and nothing else varies.
  package let fRatio: Double

  /// Greenhouse and Geisser's ε, from 1/(k − 1) to 1; 1 where nothing is left to estimate it from.
  package let epsilon: Double

  /// The degrees of freedom between treatments, k − 1.
  package let treatmentFreedom: Int

  /// The degrees of freedom of what is left, (k − 1)(n − 1).
  package let residualFreedom: Int

  /// The p-value with degrees multiplied by ε.
  package let pValue: Double

  /// The p-value where sphericity is assumed.
  package let sphericalPValue: Double

  /// Compares at least two treatments over at least two replicates.
  ///
  /// - Parameter replicates: one row per replicate, in it one value per treatment.
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside` for rows of other lengths.
  package init(replicates: [[Double]]) throws {
    let k = try requireTable(replicates, columns: 2, for: "a repeated-measures analysis")
    let n = replicates.count
    treatmentFreedom = k - 1
    residualFreedom = (k - 1) * (n - 1)
    // Values less their replicate's mean; the first one is taken off before, so that equal rows give exact zeros.
    let centred = replicates.map { row in
      let shifted = row.map { $0 - row[0] }
      let mean = Sample.mean(shifted)
      return shifted.map { $0 - mean }
    }
    let effects = (0..<k).map { column in Sample.mean(centred.map { $0[column] }) }
    let residuals = centred.map { row in zip(row, effects).map { $0 - $1 } }
    let between = Double(n) * effects.reduce(0) { $0 + $1 * $1 }
    let left = residuals.joined().reduce(0) { $0 + $1 * $1 }
    // What is left of rounding alone is nothing.
    let total = centred.joined().reduce(0) { $0 + $1 * $1 }
    guard left > 1e-28 * total else {
      epsilon = 1
      fRatio = between > 0 ? .infinity : 0
      pValue = between > 0 ? 0 : 1
      sphericalPValue = pValue
      return
    }
    epsilon = Self.epsilon(residuals)
    let (numerator, denominator) = (Double(treatmentFreedom), Double(residualFreedom))
    fRatio = between / numerator / (left / denominator)
    sphericalPValue = try FRatio.upperTail(fRatio, numerator, denominator)
    pValue = try FRatio.upperTail(fRatio, epsilon * numerator, epsilon * denominator)
  }

  /// ε of doubly centred residuals; the covariance's divisor cancels.
  private static func epsilon(_ residuals: [[Double]]) -> Double {
    let k = residuals[0].count
    func covariance(_ first: Int, _ second: Int) -> Double {
      residuals.reduce(0) { $0 + $1[first] * $1[second] }
    }
    var (trace, squares) = (0.0, 0.0)
    for first in 0..<k {
      trace += covariance(first, first)
      for second in 0..<k {
        let value = covariance(first, second)
        squares += value * value
      }
    }
    return min(1, trace * trace / (Double(k - 1) * squares))
  }
}
