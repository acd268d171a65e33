import Randomness
import Statistics
import Testing

@Suite struct SignedRankTestTests {
  @Test(arguments: try Reference.load().signedRank)
  func agreesWithSciPy(row: Reference.SignedRank) throws {
    let test = try SignedRankTest(differences: row.differences)
    #expect(test.nonZeroCount == row.nonZeroCount)
    #expect(test.positiveRankSum == row.positiveRankSum)
    #expect(test.isExact == row.isExact)
    #expect(agree(test.pValue, row.pValue))
  }

  /// The depression scale of nine patients in Hollander and Wolfe (1973, page 29).
  ///
  /// It is the example of R's `wilcox.test`, which prints V = 40 and a one-sided p of 0.01953.
  @Test func agreesWithThePublishedExample() throws {
    let first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
    let second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    let test = try SignedRankTest(differences: zip(first, second).map { $0 - $1 })
    #expect(test.positiveRankSum == 40)
    #expect(test.pValue == 0.0390625)
    #expect(test.smallestAttainablePValue == 0x1p-8)
  }

  /// Counts the patterns of signs one by one, ties and all.
  @Test func exactPValuesCountEveryPatternOfSigns() throws {
    var stream = RandomStream(StreamPath(seed: 15) / "signed ranks")
    for _ in 0..<60 {
      let magnitudes = (0..<(1 + stream.integer(below: 6))).map { _ in
        Double(1 + stream.integer(below: 4))
      }
      let tests = try (0..<(1 << magnitudes.count)).map { pattern in
        try SignedRankTest(
          differences: magnitudes.enumerated().map { pattern >> $0 & 1 == 0 ? $1 : -$1 })
      }
      let total = Double(magnitudes.count * (magnitudes.count + 1)) / 2
      for test in tests {
        let extremity = abs(test.positiveRankSum - total / 2)
        let asExtreme = tests.count { abs($0.positiveRankSum - total / 2) >= extremity }
        #expect(test.pValue == Double(asExtreme) / Double(tests.count))
      }
      #expect(tests.map(\.pValue).min() == tests[0].smallestAttainablePValue)
    }
  }

  @Test func knowsTheSmallestPValueOfItsSize() throws {
    func smallest(_ count: Int) throws -> Double {
      try SignedRankTest(differences: (1...count).map(Double.init)).smallestAttainablePValue
    }
    #expect(try smallest(3) == 0.25)
    #expect(try smallest(5) == 0.0625)
    #expect(try smallest(6) == 0.03125)
    #expect(try smallest(50) == 0x1p-49)
    #expect(try smallest(51) < 1e-9)
  }

  @Test func dropsZeros() throws {
    let with = try SignedRankTest(differences: [0, 1, -2, 3, 0, 4])
    #expect(with == (try SignedRankTest(differences: [1, -2, 3, 4])))
    let none = try SignedRankTest(differences: [0, 0])
    #expect(none.pValue == 1 && none.smallestAttainablePValue == 1 && none.nonZeroCount == 0)
    #expect(throws: StatisticsError.self) { try SignedRankTest(differences: []) }
    #expect(throws: StatisticsError.self) { try SignedRankTest(differences: [.nan]) }
  }
}
