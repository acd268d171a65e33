import Foundation
import Randomness
import Statistics
import Testing

@Suite struct FailureRateTests {
  @Test(arguments: try ClaimReference.load().failures)
  func agreesWithStatsmodels(row: ClaimReference.Failure) throws {
    let rate = try FailureRate(failures: row.failures, runs: row.runs)
    let interval = try rate.interval(level: row.level)
    #expect(agree(interval.lower, row.lower) && agree(interval.upper, row.upper))
    #expect(interval.contains(rate.share))
  }

  /// "None of 8 runs collapsed; the failure rate may be up to 37 %".
  @Test func eightRunsWithoutAFailure() throws {
    let none = try FailureRate(failures: 0, runs: 8)
    #expect(none.share == 0)
    let interval = try none.interval(level: 0.95)
    #expect(interval.lower == 0)
    #expect(agree(interval.upper, 1 - pow(0.025, 1.0 / 8)))
    #expect(abs(interval.upper - 0.369) < 5e-4)
    #expect(try none.upperBound(level: 0.975) == interval.upper)
    // One-sided at 95 % it is the smaller 1 − 0.05^⅛.
    #expect(agree(try none.upperBound(level: 0.95), 1 - pow(0.05, 1.0 / 8)))
  }

  @Test func successesAndFailuresMirror() throws {
    let some = try FailureRate(failures: 3, runs: 20).interval(level: 0.9)
    let others = try FailureRate(failures: 17, runs: 20).interval(level: 0.9)
    #expect(agree(some.lower, 1 - others.upper) && agree(some.upper, 1 - others.lower))
    let all = try FailureRate(failures: 5, runs: 5).interval(level: 0.9)
    #expect(all.upper == 1 && all.lower > 0)
  }

  /// The chance to hold the rate, summed over the binomial: never below the level, which shorter intervals
  /// fall under.
  @Test func holdsEveryRateAtLeastAsOftenAsItSays() throws {
    let runs = 8
    let intervals = try (0...runs).map {
      try FailureRate(failures: $0, runs: runs).interval(level: 0.95)
    }
    let shorter = try (0...runs).map {
      try FailureRate(failures: $0, runs: runs).interval(level: 0.9)
    }
    func coverage(_ intervals: [Interval], of rate: Double) -> Double {
      var chance = pow(1 - rate, Double(runs))
      var sum = 0.0
      for failures in 0...runs {
        sum += intervals[failures].contains(rate) ? chance : 0
        chance *= Double(runs - failures) / Double(failures + 1) * rate / (1 - rate)
      }
      return sum
    }
    let rates = (1..<200).map { Double($0) / 200 }
    #expect(rates.allSatisfy { coverage(intervals, of: $0) >= 0.95 - 1e-12 })
    #expect(rates.contains { coverage(shorter, of: $0) < 0.95 })
  }

  @Test func refusesImpossibleCountsAndLevels() throws {
    #expect(
      throws: StatisticsError.tooFewValues(statistic: "a failure rate", needed: 1, given: 0)
    ) { try FailureRate(failures: 0, runs: 0) }
    for failures in [-1, 9] {
      #expect(throws: StatisticsError.self) { try FailureRate(failures: failures, runs: 8) }
    }
    let rate = try FailureRate(failures: 1, runs: 8)
    #expect(throws: StatisticsError.self) { try rate.interval(level: 1) }
    #expect(throws: StatisticsError.self) { try rate.upperBound(level: 0) }
    #expect(throws: StatisticsError.self) { try rate.lowerBound(level: .nan) }
  }
}
