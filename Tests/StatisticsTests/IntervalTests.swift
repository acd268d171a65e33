import Statistics
import Testing

@Suite struct IntervalTests {
  @Test func containsItsEnds() {
    let interval = Interval(lower: -1, upper: 2)
    #expect(interval.contains(-1) && interval.contains(2) && interval.contains(0))
    #expect(!interval.contains((-1.0).nextDown) && !interval.contains(2.0.nextUp))
    #expect(!interval.contains(.nan))
  }
}
