import CGSL
import Testing

/// Whether counts are plausible for equally likely cells: Pearson's χ² with p above 10⁻⁴.
///
/// Streams are fixed by their paths, so a test that passes once passes always.
func areUniform(_ counts: [Int]) -> Bool {
  let expected = Double(counts.reduce(0, +)) / Double(counts.count)
  let statistic = counts.reduce(0) { sum, count in
    sum + (Double(count) - expected) * (Double(count) - expected) / expected
  }
  return gsl_cdf_chisq_Q(statistic, Double(counts.count - 1)) > 1e-4
}

/// Whether the mean of values lies within four standard errors of an expected one.
func hasMean(_ values: [Double], _ expected: Double, standardDeviation: Double) -> Bool {
  let mean = values.reduce(0, +) / Double(values.count)
  return abs(mean - expected) < 4 * standardDeviation / Double(values.count).squareRoot()
}

@Suite struct GoodnessOfFitTests {
  @Test func rejectsWhatIsNotUniform() {
    #expect(areUniform([1010, 980, 1005, 1005]))
    #expect(!areUniform([1200, 1000, 900, 900]))
    #expect(!areUniform([4000, 0, 0, 0]))
  }

  @Test func rejectsAnotherMean() {
    #expect(hasMean(Array(repeating: 0.039, count: 10_000), 0, standardDeviation: 1))
    #expect(!hasMean(Array(repeating: 0.041, count: 10_000), 0, standardDeviation: 1))
    #expect(!hasMean(Array(repeating: -0.041, count: 10_000), 0, standardDeviation: 1))
  }
}
