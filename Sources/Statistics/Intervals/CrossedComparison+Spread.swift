extension CrossedComparison {
  /// What a table keeps of a crossed comparison beside the replicates' differences, so that it can be told again: √(MS_I
  /// / (nN)) and √(MS_E / (nN)) in accuracy points.
  package struct Spread: Hashable, Sendable {
    /// Of the mean square between test examples.
    package let examples: Double
    /// Of the residual one.
    package let residual: Double

    /// A spread.
    package init(examples: Double, residual: Double) {
      self.examples = examples
      self.residual = residual
    }
  }

  /// What a table keeps.
  package var spread: Spread {
    let cells = Double(replicateCount) * Double(exampleCount)
    return Spread(
      examples: 100 * (meanSquares.examples / cells).squareRoot(),
      residual: 100 * (max(0, meanSquares.residual) / cells).squareRoot())
  }

  /// The comparison of which a table keeps `differences`, one per replicate in accuracy points, and `spread`.
  ///
  /// - Throws: `StatisticsError.tooFewValues` below two replicates or two examples.
  package init(differences: [Double], exampleCount: Int, spread: Spread) throws {
    guard exampleCount > 1 else {
      throw StatisticsError.tooFewValues(
        statistic: "a crossed interval, of test examples,", needed: 2, given: exampleCount)
    }
    let summary = try SampleSummary(differences)
    let cells = Double(differences.count) * Double(exampleCount)
    func square(_ points: Double) -> Double { points * points / 10_000 }
    let squares = MeanSquares(
      replicates: Double(exampleCount) * square(summary.standardDeviation),
      examples: cells * square(spread.examples), residual: cells * square(spread.residual))
    self.init(
      replicateCount: differences.count, exampleCount: exampleCount, mean: summary.mean, squares,
      countsExamples: spread.examples >= spread.residual)
  }
}
