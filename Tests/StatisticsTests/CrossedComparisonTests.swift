import Randomness
import Statistics
import Testing

/// Sums whose d_ri are the given −1, 0 and 1.
private func sums(of differences: [[Int]]) throws -> CrossedSums {
  var sums = CrossedSums(exampleCount: differences[0].count)
  for row in differences {
    try sums.add(treated: Answers(row.map { $0 > 0 }), control: Answers(row.map { $0 < 0 }))
  }
  return sums
}

@Suite struct CrossedComparisonTests {
  @Test(arguments: try ClaimReference.load().crossed)
  func agreesWithStatsmodelsAnalysisOfVariance(row: ClaimReference.Crossed) throws {
    let crossed = try CrossedComparison(sums(of: row.differences))
    #expect(agree(crossed.meanSquares.replicates, row.replicates))
    #expect(agree(crossed.meanSquares.examples, row.examples))
    #expect(agree(crossed.meanSquares.residual, row.residual))
    #expect(crossed.countsExamples == (row.examples >= row.residual))
    #expect(agree(crossed.degreesOfFreedom, row.degreesOfFreedom))
    let interval = try crossed.interval(level: row.level)
    #expect(agree(interval.lower, row.lower) && agree(interval.upper, row.upper))
  }

  @Test func theReferenceHasBothKinds() throws {
    let kinds = Set(try ClaimReference.load().crossed.map { $0.examples >= $0.residual })
    #expect(kinds == [true, false])
  }

  /// Where examples differ less than chance would make them, the interval is that over replicates.
  @Test func withoutVarianceOfExamplesItIsTheReplicatesInterval() throws {
    // Each example is won in exactly one replicate: their means are equal, MS_I is 0.
    let rows = [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 1]]
    let crossed = try CrossedComparison(sums(of: rows))
    #expect(crossed.meanSquares.examples == 0 && !crossed.countsExamples)
    let replicates = try SampleSummary(rows.map { Double($0.reduce(0, +)) / 6 * 100 })
    let (ours, theirs) = (
      try crossed.interval(level: 0.9), try replicates.meanInterval(level: 0.9)
    )
    #expect(agree(ours.lower, theirs.lower) && agree(ours.upper, theirs.upper))
    #expect(crossed.degreesOfFreedom == 2)
    #expect(agree(crossed.summary.standardDeviation, replicates.standardDeviation))
  }

  @Test func isNeverMoreCertainThanReplicatesAlone() throws {
    var stream = RandomStream(StreamPath(seed: 27) / "crossed")
    var counted = 0
    for _ in 0..<200 {
      let n = 2 + stream.integer(below: 6)
      let rows = (0..<n).map { _ in (0..<20).map { _ in stream.integer(below: 3) - 1 } }
      let crossed = try CrossedComparison(sums(of: rows))
      let replicates = try SampleSummary(rows.map { Double($0.reduce(0, +)) / 20 * 100 })
      #expect(agree(crossed.mean, replicates.mean))
      #expect(crossed.standardError >= replicates.standardError * (1 - 1e-12))
      for claim in Claim.allCases {
        let alone =
          switch claim {
          case .equivalence: try EquivalenceTest(replicates, margin: 30).pValue
          case .difference: try TTest(replicates).pValue
          case .beyondMargin: try BeyondMarginTest(replicates, margin: 30).pValue
          }
        let p = try crossed.pValue(toShow: claim, margin: 30, floor: 0)
        #expect(p >= min(alone, 0.5) * (1 - 1e-9))
      }
      counted += crossed.countsExamples ? 1 : 0
    }
    #expect(counted > 20 && counted < 180)
  }

  /// Replicates of equal means whose examples vary about as chance makes them: Satterthwaite's formula alone leaves
  /// a hundredth of a degree, and no end to the interval.
  @Test func degreesAreNeverFewerThanTheReplicates() throws {
    var stream = RandomStream(StreamPath(seed: 27) / "degrees")
    let row = (0..<40).map { $0 < 5 ? 1 : $0 < 10 ? -1 : 0 }
    var fewest = Double.infinity
    for _ in 0..<200 {
      let rows = (0..<5).map { _ in
        var shuffled = row
        stream.shuffle(&shuffled)
        return shuffled
      }
      let crossed = try CrossedComparison(sums(of: rows))
      #expect(crossed.degreesOfFreedom >= 4 && crossed.meanSquares.replicates == 0)
      #expect(try crossed.interval(level: 0.9).contains(0))
      let (examples, residual) = (crossed.meanSquares.examples, crossed.meanSquares.residual)
      if crossed.countsExamples {
        let added = examples - residual
        fewest = min(
          fewest, added * added / (examples * examples / 39 + residual * residual / 156))
      }
    }
    #expect(fewest < 0.1)
  }

  @Test func armsThatAgreeEverywhereHaveNoVariance() throws {
    let crossed = try CrossedComparison(sums(of: [[0, 0, 0], [0, 0, 0]]))
    #expect(crossed.standardError == 0 && crossed.degreesOfFreedom == 1)
    #expect(try crossed.interval(level: 0.9) == Interval(lower: 0, upper: 0))
    // With the spread of one of three examples nothing is shown.
    let p = try crossed.pValue(
      toShow: .equivalence, margin: 0.5, floor: SampleSummary.oneExample(of: 3))
    #expect(p > 0.4)
  }

  /// A difference on a few images that every replicate shares: certain on this test set, not on another.
  @Test func aClaimThatWouldNotSurviveNewExamplesIsMarked() throws {
    let rows = (0..<6).map { replicate in
      (0..<100).map { $0 < 3 || $0 == 10 + replicate ? 1 : 0 }
    }
    let crossed = try CrossedComparison(sums(of: rows))
    let floor = SampleSummary.oneExample(of: 100)
    let alone = try TTest(
      SampleSummary(rows.map { Double($0.reduce(0, +)) }).withDeviation(atLeast: floor)
    ).pValue
    let withExamples = try crossed.pValue(toShow: .difference, margin: 1, floor: floor)
    func procedure(_ p: Double) throws -> ClaimProcedure {
      try ClaimProcedure([.init(pValues: [p])], showing: .difference, alpha: 0.05)
    }
    let shown = try procedure(alone)
    #expect(shown.shown(0) == [0])
    #expect(shown.shown(0, butNotBy: try procedure(withExamples)) == [0])
    #expect(shown.shown(0, butNotBy: shown) == [])
  }

  @Test func refusesFewerThanTwo() throws {
    #expect(throws: StatisticsError.self) { try CrossedComparison(sums(of: [[1, 0]])) }
    #expect(throws: StatisticsError.self) { try CrossedComparison(sums(of: [[1], [0]])) }
    let crossed = try CrossedComparison(sums(of: [[1, 0], [0, 1]]))
    #expect(throws: StatisticsError.self) { try crossed.interval(level: 1) }
  }
}
