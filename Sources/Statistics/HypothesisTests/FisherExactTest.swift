import Foundation

/// Fisher's exact test that the rows and the columns of a 2 × 2 table are independent.
///
/// Given its margins, the table's first cell is hypergeometric; p is the chance of a table no more probable
/// than this one, as SciPy's `fisher_exact` and R's `fisher.test` order them. It assumes that members fall
/// into cells independently of each other, and is conservative where the margins are not fixed in advance.
///
/// Reference: Fisher, "Statistical Methods for Research Workers", 5th edition, Oliver & Boyd, 1934, section 21.02.
package struct FisherExactTest: Hashable, Sendable {
  /// The natural logarithm of the two-sided p, finite where p itself would be 0.
  package let logPValue: Double

  /// The two-sided p-value; 1 where a row or a column is empty.
  package var pValue: Double { exp(logPValue) }

  /// The sample odds ratio a d / (b c): infinite where only b c is 0, not a number where both products are.
  package let oddsRatio: Double

  /// Tests the table of rows (a, b) and (c, d).
  ///
  /// - Throws: `StatisticsError.parameterOutside` for a cell below 0 or a table without members.
  package init(_ a: Int, _ b: Int, _ c: Int, _ d: Int) throws {
    for (name, cell) in [("a", a), ("b", b), ("c", c), ("d", d)] {
      try requireCount(cell, in: 0...Hypergeometric.largestPopulation, "the cell \(name)")
    }
    let law = try Hypergeometric(population: a + b + c + d, marked: a + b, drawn: a + c)
    logPValue = law.logTwoSidedPValue(a)
    oddsRatio = Double(a) * Double(d) / (Double(b) * Double(c))
  }
}
