import Statistics
import Testing

@Suite struct IntervalTests {
  @Test func containsItsEnds() {
    let interval = Interval(lower: -1, upper: 2)
    #expect(interval.contains(-1) && interval.contains(2) && interval.contains(0))
    #expect(!interval.contains((-1.0).nextDown) && !interval.contains(2.0.nextUp))
    #expect(!interval.contains(.nan))
  }

  @Test func liesWithinABoundOnlyStrictly() {
    #expect(Interval(lower: -0.4, upper: 0.49).isStrictlyWithin(0.5))
    #expect(!Interval(lower: -0.5, upper: 0.4).isStrictlyWithin(0.5))
    #expect(!Interval(lower: -0.4, upper: 0.5).isStrictlyWithin(0.5))
    #expect(!Interval(lower: 0.6, upper: 0.7).isStrictlyWithin(0.5))
  }
}
