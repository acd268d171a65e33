import Randomness
import Statistics
import Testing

@Suite("ReplicateInterval")
struct ReplicateIntervalTests {
  private func interval(_ values: [Double]) throws -> ReplicateInterval? {
    var stream = RandomStream(StreamPath(seed: 1) / "intervals")
    return try ReplicateInterval(of: values, level: 0.9, stream: &stream)
  }

  @Test("below eight replicates Student's t, from there on resampled")
  func methods() throws {
    let values = [1.0, 2, 4, 7, 11, 16, 22, 29]
    let seven = try #require(try interval(Array(values.prefix(7))))
    #expect(seven.method == .student)
    #expect(try seven.interval == SampleSummary(Array(values.prefix(7))).meanInterval(level: 0.9))
    let eight = try #require(try interval(values))
    #expect(eight.method == .bootstrap)
    #expect(try eight.interval != SampleSummary(values).meanInterval(level: 0.9))
    #expect(eight.interval.contains(11.5))
    #expect(try interval(values) == eight)
  }

  @Test("one replicate gives no interval, and values that are not finite an error")
  func refuses() throws {
    #expect(try interval([1]) == nil)
    #expect(throws: StatisticsError.self) { try interval([1, .nan]) }
  }
}
