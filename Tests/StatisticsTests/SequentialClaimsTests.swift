import Randomness
import Statistics
import Testing

/// Small suites by hand; two looks have half of α each.
@Suite struct SequentialClaimsTests {
  private typealias Finding = SequentialClaims.Finding

  private func halves(_ densities: [Int], weights: [Double]? = nil) throws -> SequentialClaims {
    SequentialClaims(
      densities: densities, weights: weights, looks: try Looks([5, 10], exponent: 1), alpha: 0.05)
  }

  private func equivalence(_ p: Double, blocked: Set<Claim> = []) -> Finding {
    Finding(pValues: [.equivalence: p], blocked: blocked)
  }

  @Test func aLookTestsAtItsShare() throws {
    var claims = try halves([1])
    try claims.look([[equivalence(0.03)]])
    #expect(claims.cells[0][0].smallest[.equivalence] == 0.06)
    #expect(claims.cells[0][0].adjusted[.equivalence] == 0.06)
    #expect(claims.isOpen(0, 0) && claims.taken == 1)
    try claims.look([[equivalence(0.02)]])
    #expect(claims.cells[0][0].adjusted[.equivalence] == 0.04)
    #expect(claims.cells[0][0].shownAt == [.equivalence: 1])
    #expect(!claims.isOpen(0, 0) && claims.cells[0][0].decidedAt == 1)
  }

  @Test func aWorseLookTakesNothingBack() throws {
    var claims = try halves([1])
    try claims.look([[equivalence(0.03)]])
    try claims.look([[equivalence(0.5)]])
    #expect(claims.cells[0][0].smallest[.equivalence] == 0.06)
    #expect(claims.cells[0][0].adjusted[.equivalence] == 0.06)
  }

  @Test func aClaimThatWasShownStaysShown() throws {
    var claims = try halves([2])
    try claims.look([[equivalence(0.001), equivalence(0.01)]])
    let first = claims.cells[0]
    #expect(first.map { $0.shownAt[.equivalence] } == [0, 0])
    let late = Finding(pValues: [.equivalence: 1], blocked: [.equivalence])
    try claims.look([[late, late]])
    #expect(claims.cells[0].map(\.shownAt) == first.map(\.shownAt))
    #expect(claims.cells[0].map { $0.adjusted[.equivalence] } == [0.002, 0.02])
  }

  @Test func whatBringsNoFindingIsFrozen() throws {
    var claims = try halves([2])
    try claims.look([[equivalence(0.001), equivalence(0.04)]])
    let first = claims.cells[0]
    try claims.look([[nil, nil]])
    #expect(claims.cells[0] == first)
    #expect(first[1].adjusted[.equivalence] == 0.08 && claims.isOpen(0, 1))
  }

  /// The first comparison keeps half of α from the second until its sparser density is shown too, at the second
  /// look. Then what was found at the first is enough, with its denser density frozen.
  @Test func alphaThatIsHandedOnLaterShowsWhatWasFoundBefore() throws {
    var claims = try halves([2, 1])
    try claims.look([[equivalence(0.001), equivalence(0.4)], [equivalence(0.02)]])
    #expect(!claims.isOpen(0, 0) && claims.isOpen(0, 1) && claims.isOpen(1, 0))
    #expect(claims.cells[1][0].adjusted[.equivalence] == 0.08)
    try claims.look([[nil, equivalence(0.005)], [nil]])
    #expect(claims.cells[0][0].decidedAt == 0 && claims.cells[0][1].decidedAt == 1)
    #expect(claims.cells[1][0].decidedAt == 1)
    #expect(claims.cells[1][0].smallest[.equivalence] == 0.04)
    #expect(claims.cells[1][0].adjusted[.equivalence] == 0.04)
  }

  @Test func aLookThatIsBlockedDoesNotCount() throws {
    var later = try halves([2])
    try later.look([[equivalence(0, blocked: [.equivalence]), equivalence(0)]])
    #expect(later.cells[0][0].smallest[.equivalence] == nil)
    // The chain ends before what is blocked.
    #expect(later.cells[0].map { $0.adjusted[.equivalence] } == [1, 1])
    try later.look([[equivalence(0.01), nil]])
    #expect(later.cells[0].map { $0.adjusted[.equivalence] } == [0.02, 0.02])
    #expect(later.cells[0].map(\.decidedAt) == [1, 1])

    var earlier = try halves([1])
    try earlier.look([[equivalence(0.03)]])
    try earlier.look([[equivalence(0, blocked: [.equivalence])]])
    #expect(earlier.cells[0][0].smallest[.equivalence] == 0.06)
    #expect(earlier.cells[0][0].adjusted[.equivalence] == 1)
    #expect(earlier.isOpen(0, 0))
  }

  @Test func aDifferenceFromZeroDecidesNothing() throws {
    var claims = try halves([1, 1, 1])
    try claims.look([
      [Finding(pValues: [.difference: 0])], [Finding(pValues: [.beyondMargin: 0])],
      [Finding(pValues: [.equivalence: 0])],
    ])
    #expect(claims.cells[0][0].shownAt == [.difference: 0])
    #expect((0..<3).map { claims.isOpen($0, 0) } == [true, false, false])
    #expect(claims.cells.map { $0[0].decidedAt } == [nil, 0, 0])
  }

  @Test func onlyTheClaimsThatAreMadeAreShown() throws {
    var claims = SequentialClaims(
      densities: [1], looks: try Looks([5]), alpha: 0.05, claims: [.difference])
    let all = Dictionary(uniqueKeysWithValues: Claim.allCases.map { ($0, 0.0) })
    try claims.look([[Finding(pValues: all)]])
    #expect(claims.cells[0][0].shownAt == [.difference: 0])
  }

  @Test func weightsDivideAlpha() throws {
    var claims = try halves([1, 1], weights: [3, 1])
    try claims.look([[equivalence(0.3)], [equivalence(0.01)]])
    // .02 at a quarter; once that is shown, .6 at the whole.
    #expect(claims.cells.map { $0[0].adjusted[.equivalence] } == [0.6, 0.08])
    var other = try halves([1, 1], weights: [3, 1])
    try other.look([[equivalence(0.03)], [equivalence(0.03)]])
    // .06 at three quarters, and then .06 at the whole, though no less than what it waited for.
    for row in other.cells { #expect(agree(row[0].adjusted[.equivalence] ?? .nan, 0.08)) }
  }

  @Test func refusesALookBeyondTheLast() throws {
    var claims = try halves([1])
    for _ in 0..<2 { try claims.look([[equivalence(0.5)]]) }
    #expect(throws: StatisticsError.self) { try claims.look([[equivalence(0)]]) }
    #expect(claims.isOpen(0, 0) && claims.taken == 2)
  }

  @Test func refusesWhatIsNoPValueOrAlpha() throws {
    for p in [-0.1, 1.1, .nan] {
      var claims = try halves([1])
      #expect(throws: StatisticsError.self) { try claims.look([[equivalence(p)]]) }
    }
    for alpha in [0, 1, .nan] {
      var claims = SequentialClaims(densities: [1], looks: try Looks([5]), alpha: alpha)
      #expect(throws: StatisticsError.self) { try claims.look([[equivalence(0.1)]]) }
    }
    var negative = try halves([1], weights: [-1])
    #expect(throws: StatisticsError.self) { try negative.look([[equivalence(0.1)]]) }
  }
}
