import Randomness
import Statistics
import Testing

/// What holds of sequential claims for any findings.
@Suite struct SequentialClaimsPropertyTests {
  private typealias Finding = SequentialClaims.Finding

  @Test(arguments: Claim.allCases)
  func oneLookIsTheProcedure(claim: Claim) throws {
    var stream = RandomStream(StreamPath(seed: 36) / "one look")
    var shown = 0
    for _ in 0..<200 {
      let comparisons = stream.comparisons(upTo: 5, densities: 4, zeroWeights: true)
      let procedure = try ClaimProcedure(comparisons, showing: claim, alpha: 0.05)
      var claims = SequentialClaims(
        densities: comparisons.map(\.pValues.count), weights: comparisons.map(\.weight),
        looks: try Looks([5]), alpha: 0.05)
      try claims.look(
        comparisons.map { comparison in
          comparison.pValues.enumerated().map { density, p in
            Finding(
              pValues: [claim: p], blocked: comparison.blocked.contains(density) ? [claim] : [])
          }
        })
      #expect(claims.cells.map { $0.map { $0.adjusted[claim] ?? .nan } } == procedure.adjusted)
      for (index, row) in claims.cells.enumerated() {
        #expect(row.indices.filter { row[$0].shownAt[claim] == 0 } == procedure.shown(index))
        shown += procedure.shown(index).count
      }
    }
    #expect(shown > 50)
  }

  /// Three looks of a random suite; a difference's p is never above that of one beyond the margin.
  private static func history(
    _ comparisons: [ClaimProcedure.Comparison], _ stream: inout RandomStream
  ) -> [[[Finding]]] {
    (0..<3).map { _ in
      comparisons.map { comparison in
        comparison.pValues.map { _ in
          let (u, v) = (stream.uniform(), stream.uniform())
          let beyond = u * u * u * u
          let blocked: [Set<Claim>] = [[], [], [], [.equivalence], Set(Claim.allCases)]
          return Finding(
            pValues: [
              .equivalence: v * v * v * v, .beyondMargin: beyond,
              .difference: beyond * stream.uniform(),
            ],
            blocked: blocked[stream.integer(below: blocked.count)])
        }
      }
    }
  }

  /// What is known of one density, for the model of the test.
  private struct Known {
    var findings: [(look: Int, finding: Finding)] = []
    var shownAt: [Claim: Int] = [:]

    /// The smallest p_k / e_k of looks that were not blocked, at most 1.
    func q(_ claim: Claim, _ shares: [Double]) -> Double {
      findings.filter { !$0.finding.blocked.contains(claim) }
        .map { ($0.finding.pValues[claim] ?? 1) / shares[$0.look] }
        .reduce(1, min)
    }

    func isBlocked(_ claim: Claim) -> Bool {
      shownAt[claim] == nil && findings.last?.finding.blocked.contains(claim) == true
    }
  }

  /// How many are shown to lie beyond the margin, each of which must be shown to differ no later.
  private static func differencesBeyondTheMargin(_ claims: SequentialClaims) throws -> Int {
    let beyond = claims.cells.joined().filter { $0.shownAt[.beyondMargin] != nil }
    for cell in beyond {
      let look = try #require(cell.shownAt[.beyondMargin])
      #expect(try #require(cell.shownAt[.difference]) <= look)
    }
    return beyond.count
  }

  /// Beside the smallest p_k / e_k of the whole history in the loop of the rules, what is decided left out of it; and
  /// nothing that was shown goes, nor is a difference beyond the margin shown without one from zero.
  @Test func isTheLoopOfTheRulesOnTheSmallestOverLooks() throws {
    var stream = RandomStream(StreamPath(seed: 36) / "history")
    let looks = try Looks([5, 8, 12])
    var shownAtLooks = [0, 0, 0]
    var beyond = 0
    for _ in 0..<150 {
      let comparisons = stream.comparisons(upTo: 4, densities: 4, zeroWeights: true)
      let weights = comparisons.map(\.weight)
      let history = Self.history(comparisons, &stream)
      var claims = SequentialClaims(
        densities: comparisons.map(\.pValues.count), weights: weights, looks: looks, alpha: 0.1)
      var model = comparisons.map { $0.pValues.map { _ in Known() } }
      for (look, findings) in history.enumerated() {
        let before = claims
        let open = findings.enumerated().map { comparison, row in
          row.enumerated().map { before.isOpen(comparison, $0) ? $1 : nil }
        }
        try claims.look(open)
        for (comparison, row) in open.enumerated() {
          for case (let density, let finding?) in row.enumerated() {
            model[comparison][density].findings.append((look, finding))
          }
        }
        for claim in Claim.allCases {
          let shown = ClaimModels.shown(
            zip(weights, model).map { weight, row in
              ClaimProcedure.Comparison(
                weight: weight, pValues: row.map { $0.q(claim, looks.shares) },
                blocked: Set(row.indices.filter { row[$0].isBlocked(claim) }))
            }, showing: claim, alpha: 0.1)
          for (comparison, row) in shown.enumerated() {
            for density in row.indices {
              let earlier = model[comparison][density].shownAt[claim]
              // Nothing that was shown goes, in the model as in ours.
              #expect(earlier == nil || row[density])
              if earlier == nil && row[density] { model[comparison][density].shownAt[claim] = look }
            }
          }
        }
        #expect(
          claims.cells.map { $0.map(\.shownAt) } == model.map { $0.map(\.shownAt) })
      }
      for (cell, known) in zip(claims.cells.joined(), model.joined()) {
        for claim in Claim.allCases {
          #expect(agree(cell.smallest[claim] ?? 1, known.q(claim, looks.shares)))
        }
        for look in cell.shownAt.values { shownAtLooks[look] += 1 }
      }
      beyond += try Self.differencesBeyondTheMargin(claims)
    }
    // Every look showed something, and some of it lay beyond the margin.
    #expect(shownAtLooks.allSatisfy { $0 > 50 } && beyond > 50)
  }

  /// The same on drawn suites, where p-values come from the tests themselves.
  @Test func whatLiesBeyondTheMarginDiffers() throws {
    var stream = RandomStream(StreamPath(seed: 36) / "beyond")
    let suite = SimulatedSuite(
      replicates: 20, deviations: [0.15, 0.3, 0.6],
      means: [[0, 0.5, 1], [0.3, 0.9, 1.2], [0, 0, 0], [1, 1, 1]])
    let looks = try Looks([5, 8, 12, 20])
    var beyond = 0
    for _ in 0..<40 {
      let outcome = suite.draw(&stream)
      var claims = SequentialClaims(densities: [3, 3, 3, 3], looks: looks, alpha: 0.05)
      for size in looks.sizes {
        let before = claims
        try claims.look(
          try outcome.findings(after: size).enumerated().map { comparison, row in
            row.enumerated().map { before.isOpen(comparison, $0) ? $1 : nil }
          })
      }
      beyond += try Self.differencesBeyondTheMargin(claims)
    }
    #expect(beyond > 50)
  }
}
