import Randomness
import Statistics
import Testing

@Suite struct TTestTests {
  @Test(arguments: try Reference.load().paired)
  func agreesWithSciPy(row: Reference.Paired) throws {
    let test = try TTest(differences: row.differences)
    #expect(agree(try #require(test.statistic), row.t))
    #expect(agree(test.pValue, row.tPValue))
  }

  /// Student 1908, as R prints it: t = -4.0621, df = 9, p-value = 0.002833.
  @Test func agreesWithStudentsSleepData() throws {
    let test = try TTest(differences: [-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4])
    #expect(abs(try #require(test.statistic) + 4.0621) < 5e-5)
    #expect(test.degreesOfFreedom == 9)
    #expect(abs(test.pValue - 0.002833) < 5e-7)
  }

  /// Fisher, The Design of Experiments, 1935, chapter III: t = 2.148 on 14 degrees of freedom.
  @Test func agreesWithDarwinsMaize() throws {
    let eighthsOfInches: [Double] = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    let test = try TTest(differences: eighthsOfInches)
    #expect(abs(try #require(test.statistic) - 2.148) < 5e-4)
    #expect(test.degreesOfFreedom == 14)
  }

  @Test func equalDifferencesHaveNoStatistic() throws {
    #expect(try TTest(differences: [0, 0, 0]).pValue == 1)
    let shifted = try TTest(differences: [0.1, 0.1, 0.1])
    #expect(shifted.pValue == 0)
    #expect(shifted.statistic == nil)
    #expect(throws: StatisticsError.self) { try TTest(differences: [1]) }
  }

  @Test func rejectsATrueNullAtItsRate() throws {
    var stream = RandomStream(StreamPath(seed: 13) / "t-test")
    let rejections = try (0..<4000).count { _ in
      try TTest(differences: (0..<4).map { _ in stream.normal() }).pValue < 0.05
    }
    #expect(isPlausible(rejections, of: 4000, probability: 0.05))
  }
}
