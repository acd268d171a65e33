import Randomness
import Statistics
import Testing

@Suite struct KolmogorovSmirnovTestTests {
  @Test(arguments: try NonparametricReference.load().oneSample)
  func agreesWithSciPysOneSampleTest(row: NonparametricReference.OneSample) throws {
    let test = try GaussianKolmogorovSmirnovTest(
      row.values, mean: row.mean, standardDeviation: row.standardDeviation)
    #expect(agree(test.distance, row.statistic))
    #expect(agree(test.pValue, row.pValue) || abs(test.pValue / row.pValue - 1) < 1e-8)
  }

  @Test(arguments: try NonparametricReference.load().kolmogorov)
  func agreesWithSciPysLaw(row: NonparametricReference.Distance) throws {
    let ours = Kolmogorov.upperTail(distance: row.distance, count: row.count)
    let isExact = row.count <= Kolmogorov.largestExactCount
    #expect(abs(ours / row.upperTail - 1) < (isExact ? 1e-8 : 0.01) || ours == row.upperTail)
  }

  @Test(arguments: try NonparametricReference.load().limit)
  func agreesWithSciPysLimit(row: NonparametricReference.Limit) throws {
    #expect(agree(Kolmogorov.limitUpperTail(row.z), row.upperTail))
  }

  /// Without ties against SciPy's exact p, with ties against all assignments.
  @Test(arguments: try NonparametricReference.load().twoSamples)
  func agreesWithSciPysTwoSampleTest(row: NonparametricReference.TwoSamples) throws {
    let test = try TwoSampleKolmogorovSmirnovTest(row.first, row.second)
    #expect(test.isExact)
    #expect(agree(test.distance, row.statistic) && agree(test.pValue, row.pValue))
    let exchanged = try TwoSampleKolmogorovSmirnovTest(row.second, row.first)
    #expect(agree(exchanged.pValue, row.pValue))
    #expect((test.tiedCount > 0) == (row.name == "ties"))
  }

  /// The limit takes over where the recursion would take long; near it both agree.
  @Test func limitContinuesTheExactLaw() throws {
    var stream = RandomStream(StreamPath(seed: 52) / "limit")
    func sample(_ count: Int, _ mean: Double) -> [Double] {
      (0..<count).map { _ in stream.normal(mean: mean) }
    }
    let large = try TwoSampleKolmogorovSmirnovTest(sample(4000, 0), sample(2501, 0.04))
    #expect(!large.isExact && large.pValue > 0.001 && large.pValue < 1)
    let effective = 4000.0 * 2501 / 6501
    #expect(
      large.pValue == Kolmogorov.limitUpperTail(effective.squareRoot() * large.distance))
    let exact = try TwoSampleKolmogorovSmirnovTest(sample(300, 0), sample(300, 0.1))
    let limit = Kolmogorov.limitUpperTail(150.0.squareRoot() * exact.distance)
    #expect(exact.isExact && abs(limit / exact.pValue - 1) < 0.03)
  }

  /// Beyond 10⁵ values even far tails are by the limit.
  @Test func manyValues() throws {
    var stream = RandomStream(StreamPath(seed: 52) / "many")
    let values = (0..<150_000).map { _ in stream.normal(standardDeviation: 0.1) }
    let own = try GaussianKolmogorovSmirnovTest(values, mean: 0, standardDeviation: 0.1)
    #expect(own.pValue > 0.001)
    let other = try GaussianKolmogorovSmirnovTest(values, mean: 0.005, standardDeviation: 0.1)
    #expect(other.pValue < 1e-6)
  }

  @Test func constantSamples() throws {
    let equal = try TwoSampleKolmogorovSmirnovTest([1, 1, 1], [1, 1])
    #expect(equal.pValue == 1 && equal.distance == 0 && equal.tiedCount == 4)
    // Apart, only one of C(6, 3) assignments and its mirror are as far.
    let apart = try TwoSampleKolmogorovSmirnovTest([1, 1, 1], [2, 2, 2])
    #expect(apart.distance == 1 && agree(apart.pValue, 0.1))
    let far = try GaussianKolmogorovSmirnovTest([5, 5], mean: 0, standardDeviation: 1)
    #expect(far.tiedCount == 1 && far.pValue < 1e-6)
  }

  @Test func refusesEmptySamplesAndWhatIsNoGaussian() {
    #expect(throws: StatisticsError.self) {
      try GaussianKolmogorovSmirnovTest([], mean: 0, standardDeviation: 1)
    }
    for (mean, deviation) in [(0, 0), (0, -1), (.nan, 1), (0, .infinity)] {
      #expect(throws: StatisticsError.self) {
        try GaussianKolmogorovSmirnovTest([1], mean: mean, standardDeviation: deviation)
      }
    }
    #expect(throws: StatisticsError.self) { try TwoSampleKolmogorovSmirnovTest([1], []) }
    #expect(throws: StatisticsError.self) { try TwoSampleKolmogorovSmirnovTest([.nan], [1]) }
  }
}
