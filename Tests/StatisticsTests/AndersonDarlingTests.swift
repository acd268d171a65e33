import Randomness
import Statistics
import Testing

@Suite struct AndersonDarlingNormalityTestTests {
  /// Above A*² = 13 statsmodels says 0; here the p at 10 bounds it.
  @Test(arguments: try NonparametricReference.load().normality)
  func agreesWithStatsmodels(row: NonparametricReference.Normality) throws {
    let test = try AndersonDarlingNormalityTest(row.values)
    #expect(agree(test.statistic, row.statistic))
    if row.pValue > 0 {
      #expect(agree(test.pValue, row.pValue))
    } else {
      #expect(test.statistic > 10 && agree(test.pValue / 3.7e-24, 1, tolerance: 0.05))
    }
  }

  @Test func statisticsMeasuredElsewhereHaveTheSameP() throws {
    let values = [0.3, -1.2, 0.8, 2.5, -0.4, 0.1, 1.1, -0.7, 0.6]
    let test = try AndersonDarlingNormalityTest(values)
    let measured = try AndersonDarlingNormalityTest(statistic: test.statistic, count: 9)
    #expect(measured == test && (0.01...0.99).contains(test.pValue))
    #expect(try AndersonDarlingNormalityTest(statistic: 1e6, count: 100_000).pValue < 1e-20)
    for (statistic, count) in [(-0.1, 9), (.nan, 9), (0.5, 7)] {
      #expect(throws: StatisticsError.self) {
        try AndersonDarlingNormalityTest(statistic: statistic, count: count)
      }
    }
  }

  @Test func locationAndScaleDoNotMatter() throws {
    let values = [0.3, -1.2, 0.8, 2.5, -0.4, 0.1, 1.1, -0.7, 0.6]
    let test = try AndersonDarlingNormalityTest(values)
    let moved = try AndersonDarlingNormalityTest(values.map { 1e-3 * $0 - 7 })
    #expect(agree(moved.statistic, test.statistic, tolerance: 1e-7))
    let mirrored = try AndersonDarlingNormalityTest(values.map { -$0 })
    #expect(agree(mirrored.statistic, test.statistic))
  }

  @Test func refusesFewAndConstantValues() {
    let few = Array(repeating: 1.0, count: 7)
    #expect(throws: StatisticsError.self) { try AndersonDarlingNormalityTest(few) }
    #expect(
      throws: StatisticsError.parameterOutside(
        name: "the standard deviation of the values", value: 0, allowed: "above 0")
    ) { try AndersonDarlingNormalityTest(Array(repeating: 1.0, count: 9)) }
  }
}

@Suite struct AndersonDarlingSamplesTestTests {
  @Test(arguments: try NonparametricReference.load().samples)
  func agreesWithSciPy(row: NonparametricReference.Samples) throws {
    let test = try AndersonDarlingSamplesTest(row.samples)
    #expect(agree(test.statistic, row.statistic) && agree(test.pValue, row.pValue))
    let mirrored = try AndersonDarlingSamplesTest(row.samples.reversed().map { $0.map { -$0 } })
    #expect(agree(mirrored.statistic, row.statistic))
    #expect(test.isBound == (row.pValue == 0.25 || row.pValue == 0.001))
  }

  /// Of the C(6, 3) assignments only the observed one and its mirror put three values apart: p = 0.1, which
  /// random ones estimate; T is that of the interpolated test.
  @Test func randomAssignmentsAgreeWithTheExactShare() throws {
    let samples: [[Double]] = [[1, 2, 3], [7, 8, 8]]
    var stream = RandomStream(StreamPath(seed: 55) / "assignments")
    let test = try AndersonDarlingSamplesTest(samples, draws: 3000, stream: &stream)
    #expect(isPlausible(Int(test.pValue * 3001), of: 3001, probability: 0.1))
    #expect(test.tiedCount == 1 && !test.isBound)
    #expect(try AndersonDarlingSamplesTest(samples).statistic == test.statistic)
    #expect(throws: StatisticsError.self) {
      try AndersonDarlingSamplesTest(samples, draws: 0, stream: &stream)
    }
  }

  /// Scholz and Stephens, section 7: the four laboratories' T is 4.480 with midranks, p near 0.002.
  @Test func agreesWithThePublishedExample() throws {
    let rows = try NonparametricReference.load().samples
    let paper = try #require(rows.first { $0.name == "paper" })
    let test = try AndersonDarlingSamplesTest(paper.samples)
    #expect(abs(test.statistic - 4.480) < 5e-4 && abs(test.pValue - 0.002) < 5e-4)
  }

  @Test func refusesTooLittleAndConstantValues() {
    #expect(throws: StatisticsError.self) { try AndersonDarlingSamplesTest([[1, 2, 3, 4]]) }
    #expect(throws: StatisticsError.self) { try AndersonDarlingSamplesTest([[1, 2], [3]]) }
    #expect(throws: StatisticsError.self) { try AndersonDarlingSamplesTest([[1, 2, 3, 4], []]) }
    #expect(
      throws: StatisticsError.parameterOutside(
        name: "the number of different values", value: 1, allowed: "at least 2")
    ) { try AndersonDarlingSamplesTest([[2, 2], [2, 2, 2]]) }
  }
}
