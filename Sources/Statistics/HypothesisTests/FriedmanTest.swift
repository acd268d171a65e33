import CGSL
import Foundation

/// Friedman's test that k treatments of the same n blocks (methods, on the same replicates) do not differ.
///
/// Within each block values are replaced by mid-ranks r_ij; with R_j the sum of treatment j's,
///
///     χ² = (k − 1) Σ (R_j − n(k + 1)/2)² / (Σ r_ij² − n k (k + 1)²/4),   F = (n − 1) χ² / (n(k − 1) − χ²),
///
/// which corrects for ties. χ² at k − 1 degrees of freedom is conservative for few blocks: at α = 5 % it
/// rejects 3 % where five blocks of four treatments do not differ. F at k − 1 and (k − 1)(n − 1) sees more and
/// rejects 7 % there; from eight blocks on both are near to 5 %.
///
/// ``pairs`` says which differ: signed-rank tests of each pair, adjusted by Holm. Unlike Nemenyi's comparison
/// of mean ranks they are exact at any number of replicates, and what they say of two methods does not depend
/// on which others were in the table (Benavoli, Corani and Mangili, Journal of Machine Learning Research 17(5),
/// 2016). With n replicates no p falls below 2¹⁻ⁿ before adjustment, so few replicates of many methods show
/// nothing.
///
/// Assumes that blocks are independent; within a block, under the null, all orders are equally likely. The pairs
/// also assume symmetric differences.
///
/// References: Friedman, "The use of ranks to avoid the assumption of normality implicit in the analysis of
/// variance", Journal of the American Statistical Association 32(200), 1937; Iman and Davenport, "Approximations of
/// the critical region of the Friedman statistic", Communications in Statistics A 9(6), 1980.
package struct FriedmanTest: Hashable, Sendable {
  /// Two treatments and the adjusted p-value of their difference.
  package struct Pair: Hashable, Sendable {
    /// The first treatment's index.
    package let first: Int
    /// The second treatment's index, above the first.
    package let second: Int
    /// The exact signed-rank p-value, adjusted by Holm over all pairs.
    package let pValue: Double
  }

  /// Each treatment's mean rank, from 1 to k; larger values have larger ranks.
  package let meanRanks: [Double]

  /// χ², corrected for ties; 0 where every block is one tie.
  package let chiSquare: Double

  /// The p-value of χ².
  package let chiSquarePValue: Double

  /// F; infinite where all blocks agree in all ranks.
  package let fRatio: Double

  /// The p-value of F; where all blocks agree in all ranks (1/k!)ⁿ⁻¹, the exact one.
  package let fRatioPValue: Double

  /// Every pair of treatments, in order of their indices.
  package let pairs: [Pair]

  /// Compares at least three treatments over at least two blocks.
  ///
  /// - Parameter blocks: one row per block, in it one value per treatment.
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite` or `.parameterOutside` for rows of other lengths.
  package init(blocks: [[Double]]) throws {
    let k = try requireTable(blocks, columns: 3, for: "Friedman's test")
    let n = Double(blocks.count)
    let ranks = blocks.map { MidRanks($0).doubled }
    let sums = (0..<k).map { column in ranks.reduce(0) { $0 + $1[column] } }
    meanRanks = sums.map { Double($0) / 2 / n }
    // Both sums are of doubled ranks, so their factors of 4 cancel.
    let centre = blocks.count * (k + 1)
    let between = Double(sums.reduce(0) { $0 + ($1 - centre) * ($1 - centre) })
    let within = ranks.joined().reduce(0) { $0 + ($1 - k - 1) * ($1 - k - 1) }
    let freedom = Double(k - 1)
    pairs = try Self.pairs(blocks, treatments: k)
    guard within > 0 else {
      (chiSquare, chiSquarePValue, fRatio, fRatioPValue) = (0, 1, 0, 1)
      return
    }
    let statistic = freedom * between / Double(within)
    chiSquare = statistic
    chiSquarePValue = try ChiSquare.upperTail(statistic, degreesOfFreedom: freedom)
    guard between < n * Double(within) else {
      fRatio = .infinity
      // Ranks that are tied alike in every block agree too; k! counts the orders of distinct ones.
      let orders = MidRanks(blocks[0]).tieSizes.reduce(lgamma(Double(k) + 1)) {
        $0 - lgamma(Double($1) + 1)
      }
      fRatioPValue = exp(-(n - 1) * orders)
      return
    }
    fRatio = (n - 1) * statistic / (n * freedom - statistic)
    fRatioPValue = try FRatio.upperTail(fRatio, freedom, freedom * (n - 1))
  }

  private static func pairs(_ blocks: [[Double]], treatments: Int) throws -> [Pair] {
    let indices = (0..<treatments).flatMap { first in
      (first + 1..<treatments).map { (first, $0) }
    }
    let raw = try indices.map { first, second in
      try SignedRankTest(differences: blocks.map { $0[first] - $0[second] }).pValue
    }
    return try zip(indices, holmAdjusted(raw)).map { Pair(first: $0.0, second: $0.1, pValue: $1) }
  }
}

/// The number of columns of a table of finite values with at least two rows, all of one length.
///
/// - Throws: `StatisticsError` for fewer rows or columns than needed, rows of other lengths, or values not finite.
func requireTable(_ rows: [[Double]], columns needed: Int, for statistic: String) throws -> Int {
  guard rows.count >= 2 else {
    throw StatisticsError.tooFewValues(
      statistic: "\(statistic), of replicates,", needed: 2, given: rows.count)
  }
  for row in rows {
    try requireSample(row, atLeast: needed, for: "\(statistic), of each replicate,")
    guard row.count == rows[0].count else {
      throw StatisticsError.parameterOutside(
        name: "the number of values of a replicate in \(statistic)", value: Double(row.count),
        allowed: "\(rows[0].count), as in the first one")
    }
  }
  return rows[0].count
}
