import Statistics
import Testing

@Suite struct HedgesGTests {
  @Test(arguments: try DesignReference.load().hedges)
  func agreesWithSciPysNoncentralT(row: DesignReference.Effect) throws {
    let effect =
      if let control = row.control {
        try HedgesG(treated: row.treated, control: control)
      } else {
        try HedgesG(differences: row.treated)
      }
    #expect(agree(effect.estimate, row.estimate))
    let interval = try effect.interval(level: row.level)
    #expect(agree(interval.lower, row.lower, tolerance: 1e-7))
    #expect(agree(interval.upper, row.upper, tolerance: 1e-7))
  }

  @Test func changesSignWithItsValues() throws {
    let (up, down) = (
      try HedgesG(differences: [1, 2, 4]), try HedgesG(differences: [-1, -2, -4])
    )
    #expect(agree(up.estimate, -down.estimate))
    let (first, second) = (try up.interval(level: 0.9), try down.interval(level: 0.9))
    #expect(agree(first.lower, -second.upper, tolerance: 1e-7))
    #expect(agree(first.upper, -second.lower, tolerance: 1e-7))
  }

  /// Effects of hundreds of standard deviations are what runs of one seed each have.
  @Test func holdsForEffectsWithoutMeasure() throws {
    let interval = try HedgesG(differences: [10, 10.01, 9.99, 10.02, 9.98]).interval(level: 0.9)
    #expect(interval.lower > 200 && interval.upper < 1200)
  }

  @Test func refusesFewValuesAndConstantOnes() {
    #expect(throws: StatisticsError.self) { try HedgesG(differences: [1, 2]) }
    #expect(throws: StatisticsError.self) { try HedgesG(differences: [1, 1, 1]) }
    #expect(throws: StatisticsError.self) { try HedgesG(treated: [1], control: [1, 2]) }
    #expect(throws: StatisticsError.self) { try HedgesG(treated: [1, 1], control: [2, 2]) }
    #expect(throws: StatisticsError.self) {
      try HedgesG(differences: [1, 2, 3]).interval(level: 0)
    }
  }
}
