import Testing

@testable import Reports

@Suite struct CellNumbersTests {
  @Test(
    "numbers, estimates, intervals, bounds and counts are read",
    arguments: [
      ("95.62 [94.78, 96.46]", ["value": 95.62, "low": 94.78, "high": 96.46]),
      ("−1.23 [−1.59,\u{A0}−0.87]", ["value": -1.23, "low": -1.59, "high": -0.87]),
      ("96.86 [96.79, 96.94] (20)", ["value": 96.86, "low": 96.79, "high": 96.94]),
      ("[−0.17, 0.08]", ["low": -0.17, "high": 0.08]),
      ("+0.3", ["value": 0.3]), ("51.2\u{A0}%", ["value": 51.2]),
      ("10.6 % (0.00)", ["value": 10.6]),
      ("235,200", ["value": 235_200]), ("580 kB", ["value": 580]), ("−5.7e−5", ["value": -5.7e-5]),
      ("123 *", ["value": 123]), ("+1.1†", ["value": 1.1]), ("< 0.001", ["below": 0.001]),
      ("≥ 440 (5 of 5 censored)", ["atLeast": 440]),
      ("0.999 [1.000]", ["value": 0.999, "adjusted": 1]),
      ("< 0.001 [< 0.001]", ["below": 0.001, "adjustedBelow": 0.001]),
      ("< 0.001 [0.007]", ["below": 0.001, "adjusted": 0.007]),
      ("398 of 400", ["value": 398, "total": 400]),
      ("124,752 of 124,511 expected", ["value": 124_752, "total": 124_511]),
      ("1.5 [−∞, 2]", ["value": 1.5, "high": 2]),
    ] as [(String, [String: Double])])
  func read(cell: String, numbers: [String: Double]) throws {
    let found = try #require(CellNumbers(cell))
    #expect(found.members == numbers.mapValues { .number($0) })
  }

  @Test(
    "words are none",
    arguments: [
      "", "–", "∞", "lenet-300-100", "3 min 20 s", "0.1.0 (82e91f)", "1 × 8 × 8", "all 46,065",
      "– (0.12)",
      "1, 8 replicates", "2 layers", "12 of", "[1, 2", "5.", "e5",
    ])
  func words(cell: String) { #expect(CellNumbers(cell) == nil) }
}
