import Randomness
import Statistics
import Testing

@Suite struct ClaimProcedureTests {
  private typealias Comparison = ClaimProcedure.Comparison

  private func adjusted(_ comparisons: [Comparison], _ claim: Claim) throws -> [[Double]] {
    try ClaimProcedure(comparisons, showing: claim, alpha: 0.05).adjusted
  }

  /// Whether two tables of adjusted p-values agree; equal to rounding unless said otherwise.
  private func agrees(
    _ ours: [[Double]], _ theirs: [[Double]], tolerance: Double = 1e-12
  ) -> Bool {
    ours.map(\.count) == theirs.map(\.count)
      && zip(ours.joined(), theirs.joined()).allSatisfy { agree($0, $1, tolerance: tolerance) }
  }

  @Test func equivalenceGoesFromTheDensestOn() throws {
    let comparisons = [
      Comparison(pValues: [0.01, 0.002, 0.02]), Comparison(pValues: [0.3, 0.001, 0.001]),
    ]
    // Half of α each: .02, then no less, then .04; the second stops at once and keeps its half.
    // Once the first is shown whole, the second has all of α: 0.3.
    #expect(try adjusted(comparisons, .equivalence) == [[0.02, 0.02, 0.04], [0.3, 0.3, 0.3]])
    let procedure = try ClaimProcedure(comparisons, showing: .equivalence, alpha: 0.03)
    #expect(procedure.shown(0) == [0, 1] && procedure.shown(1) == [])
    #expect(procedure.isShown(0, 1) && !procedure.isShown(0, 2))
  }

  @Test func differenceGoesByHolmWithinAComparison() throws {
    let comparisons = [
      Comparison(pValues: [0.5, 0.004, 0.001]), Comparison(pValues: [0.02]),
    ]
    // 0.001 · 3 · 2; 0.004 · 2 · 2; the second 0.02 · 2; then its half goes over: 0.5 · 1 · 1.
    #expect(try adjusted(comparisons, .difference) == [[0.5, 0.016, 0.006], [0.04]])
  }

  @Test func aBlockedDensityEndsTheChainAndKeepsItsShare() throws {
    let blocked = [
      Comparison(pValues: [0.001, 0.001, 0.001], blocked: [1]), Comparison(pValues: [0.02]),
    ]
    #expect(try adjusted(blocked, .equivalence) == [[0.002, 1, 1], [0.04]])
    // For differences only the cell itself is out, and Holm still counts it.
    #expect(try adjusted(blocked, .difference) == [[0.006, 1, 0.006], [0.04]])
    let all = [Comparison(pValues: [0], blocked: [0]), Comparison(pValues: [0.02])]
    for claim in Claim.allCases { #expect(try adjusted(all, claim) == [[1], [0.04]]) }
  }

  @Test func zeroWeightsWaitForTheRest() throws {
    let comparisons = [
      Comparison(weight: 1, pValues: [0.03]), Comparison(weight: 0, pValues: [0.01]),
      Comparison(weight: 0, pValues: [0.02]),
    ]
    for claim in Claim.allCases {
      #expect(try adjusted(comparisons, claim) == [[0.03], [0.03], [0.03]])
      let stopped = [Comparison(weight: 1, pValues: [1])] + comparisons.dropFirst()
      #expect(try adjusted(stopped, claim) == [[1], [1], [1]])
      let none = comparisons.dropFirst().map { Comparison(weight: 0, pValues: $0.pValues) }
      #expect(try adjusted(none, claim) == [[0.02], [0.02]])
    }
  }

  @Test func comparisonsWithoutDensitiesTakeNoPart() throws {
    for claim in Claim.allCases {
      #expect(try adjusted([], claim) == [])
      let some = [Comparison(pValues: []), Comparison(pValues: [0.04])]
      #expect(try adjusted(some, claim) == [[], [0.04]])
    }
  }

  @Test(arguments: try ClaimReference.load().holm)
  func oneDensityEachIsHolms(row: ClaimReference.Holm) throws {
    let comparisons = row.pValues.map { Comparison(pValues: [$0]) }
    for claim in Claim.allCases {
      #expect(agrees(try adjusted(comparisons, claim), row.adjusted.map { [$0] }))
    }
    // And so is one comparison of many densities, for differences.
    let one = [Comparison(pValues: row.pValues)]
    #expect(agrees(try adjusted(one, .difference), [row.adjusted]))
    #expect(!agrees(try adjusted(one, .equivalence), [row.adjusted]))
  }

  @Test func oneDensityEachIsHolmsOnRandomPValues() throws {
    var stream = RandomStream(StreamPath(seed: 28) / "Holm")
    for _ in 0..<300 {
      let pValues = (0..<(1 + stream.integer(below: 12))).map { _ in stream.uniform() * 0.2 }
      let holm = try holmAdjusted(pValues).map { [$0] }
      for claim in Claim.allCases {
        #expect(agrees(try adjusted(pValues.map { Comparison(pValues: [$0]) }, claim), holm))
      }
    }
  }

  @Test(arguments: Claim.allCases)
  func isTheLoopOfTheRules(claim: Claim) throws {
    var stream = RandomStream(StreamPath(seed: 28) / "loop")
    var counts = [false: 0, true: 0]
    for _ in 0..<500 {
      let comparisons = stream.comparisons(upTo: 5, densities: 4, zeroWeights: true)
      let alpha = stream.uniform(in: 0.001..<0.3)
      let procedure = try ClaimProcedure(comparisons, showing: claim, alpha: alpha)
      let loop = ClaimModels.shown(comparisons, showing: claim, alpha: alpha)
      #expect(
        loop.indices.allSatisfy { index in
          loop[index].indices.allSatisfy { procedure.isShown(index, $0) == loop[index][$0] }
        })
      for isShown in loop.joined() { counts[isShown, default: 0] += 1 }
    }
    #expect(counts.values.allSatisfy { $0 > 500 })
  }

  /// Just below the adjusted p a cell is not shown by the loop, just above it is.
  @Test(arguments: Claim.allCases)
  func adjustedIsTheSmallestAlphaThatShows(claim: Claim) throws {
    var stream = RandomStream(StreamPath(seed: 28) / "adjusted")
    var tried = 0
    for _ in 0..<60 {
      let comparisons = stream.comparisons(upTo: 4, densities: 4)
      for (index, row) in try adjusted(comparisons, claim).enumerated() {
        for (density, value) in row.enumerated() where 0 < value && value < 1 {
          func shown(_ alpha: Double) -> Bool {
            ClaimModels.shown(comparisons, showing: claim, alpha: alpha)[index][density]
          }
          #expect(shown(value * (1 + 1e-9)) && !shown(value * (1 - 1e-9)))
          tried += 1
        }
      }
    }
    #expect(tried > 100)
  }

  @Test(arguments: Claim.allCases)
  func isTheClosedTest(claim: Claim) throws {
    var stream = RandomStream(StreamPath(seed: 28) / "closed")
    for _ in 0..<80 {
      let comparisons = stream.comparisons(upTo: 3, densities: 3, zeroWeights: true)
      #expect(
        agrees(
          try adjusted(comparisons, claim), ClaimModels.closed(comparisons, showing: claim)))
    }
  }

  @Test func equivalenceIsTheGraphOfChains() throws {
    var stream = RandomStream(StreamPath(seed: 28) / "chains")
    for _ in 0..<200 {
      let comparisons = stream.comparisons(upTo: 5, densities: 4)
      let graph = try ClaimModels.graph(comparisons, showing: .equivalence, leak: 0)
      #expect(agrees(try adjusted(comparisons, .equivalence), graph, tolerance: 1e-9))
    }
  }

  /// A share stays within its comparison up to a millionth, so that adjusted values agree up to a few.
  @Test func differenceIsTheGraphWithAVanishingLeak() throws {
    var stream = RandomStream(StreamPath(seed: 28) / "leak")
    var leaky = 0
    for _ in 0..<200 {
      let comparisons = stream.comparisons(upTo: 5, densities: 4)
      let ours = try adjusted(comparisons, .difference)
      let graph = try ClaimModels.graph(comparisons, showing: .difference, leak: 1e-6)
      #expect(agrees(ours, graph, tolerance: 1e-4))
      let wide = try ClaimModels.graph(comparisons, showing: .difference, leak: 0.5)
      leaky += agrees(ours, wide, tolerance: 1e-4) ? 0 : 1
    }
    #expect(leaky > 20)
  }

  @Test(arguments: Claim.allCases)
  func blockingNeverShowsMore(claim: Claim) throws {
    var stream = RandomStream(StreamPath(seed: 28) / "blocked")
    for _ in 0..<200 {
      let comparisons = stream.comparisons(upTo: 4, densities: 4)
      let free = comparisons.map { Comparison(weight: $0.weight, pValues: $0.pValues) }
      let pairs = zip(try adjusted(comparisons, claim).joined(), try adjusted(free, claim).joined())
      #expect(pairs.allSatisfy { $0 >= $1 })
    }
  }

  @Test func refusesWhatIsNoFamily() {
    func procedure(_ comparison: Comparison, alpha: Double = 0.05) throws {
      _ = try ClaimProcedure([comparison], showing: .difference, alpha: alpha)
    }
    for weight in [-1, .infinity, .nan] {
      #expect(throws: StatisticsError.self) { try procedure(.init(weight: weight, pValues: [0])) }
    }
    for p in [-0.1, 1.1, .nan] {
      #expect(throws: StatisticsError.self) { try procedure(.init(pValues: [p])) }
    }
    for alpha in [0, 1, .nan] {
      #expect(throws: StatisticsError.self) { try procedure(.init(pValues: [0.1]), alpha: alpha) }
    }
  }
}
