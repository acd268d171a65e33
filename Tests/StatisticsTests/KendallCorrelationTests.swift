import Randomness
import Statistics
import Testing

@Suite struct KendallCorrelationTests {
  @Test(arguments: try DesignReference.load().kendall)
  func agreesWithSciPy(row: DesignReference.Correlation) throws {
    let found = try KendallCorrelation(x: row.x, y: row.y)
    #expect(agree(try #require(found.correlation), row.statistic))
    #expect(agree(try #require(found.pValue), row.pValue))
  }

  /// Counting every pair of pairs gives the same as merging.
  @Test func agreesWithCountingAllPairs() throws {
    var stream = RandomStream(StreamPath(seed: 41) / "kendall")
    for count in [2, 3, 17, 64, 101] {
      let x = (0..<count).map { _ in Double(stream.integer(below: 12)) } + [-1, 20]
      let y = (0..<count).map { _ in Double(stream.integer(below: 12)) } + [20, -1]
      var (score, untiedX, untiedY) = (0.0, 0.0, 0.0)
      for i in x.indices {
        for j in 0..<i {
          score += ((x[i] - x[j]) * (y[i] - y[j])).signum
          untiedX += x[i] == x[j] ? 0 : 1
          untiedY += y[i] == y[j] ? 0 : 1
        }
      }
      let found = try #require(try KendallCorrelation(x: x, y: y).correlation)
      #expect(agree(found, score / (untiedX * untiedY).squareRoot()))
    }
  }

  @Test func takesManyTiedValues() throws {
    let x = (0..<200_000).map { Double($0 % 2) }
    let found = try KendallCorrelation(x: x, y: x)
    #expect(found.correlation == 1)
    #expect(found.pValue == 0)
  }

  @Test func aConstantListHasNoCorrelation() throws {
    let found = try KendallCorrelation(x: [1, 2, 3], y: [0, 0, 0])
    #expect(found.correlation == nil && found.pValue == nil)
  }

  @Test func refusesOnePairAndUnequalLists() {
    #expect(throws: StatisticsError.self) { try KendallCorrelation(x: [1], y: [1]) }
    #expect(throws: StatisticsError.self) { try KendallCorrelation(x: [1, 2], y: [1]) }
    #expect(throws: StatisticsError.self) { try KendallCorrelation(x: [1, .infinity], y: [1, 2]) }
  }
}

extension Double {
  /// −1, 0 or 1.
  fileprivate var signum: Double { self == 0 ? 0 : (self > 0 ? 1 : -1) }
}
