import Testing

@testable import Laboratory

struct ProgressRateTests {
  @Test func beforeAnythingIsDoneTheEstimateCounts() {
    let rate = ProgressRate(remaining: 100, workers: 4, start: 0)
    #expect(rate.remainingSeconds(begun: 0, now: 0) == 25)
    #expect(
      ProgressRate(remaining: 0, workers: 4, start: 0).remainingSeconds(begun: 0, now: 0) == nil)
  }

  @Test func thenTheMeasuredRateCounts() {
    var rate = ProgressRate(remaining: 100, workers: 4, start: 10)
    rate.finish(15, isOurs: true)
    // 15 done and 5 begun in 40 seconds; 80 are left.
    #expect(rate.remainingSeconds(begun: 5, now: 50) == 160)
  }

  @Test func othersWorkSaysNothingAboutOurRate() {
    var rate = ProgressRate(remaining: 100, workers: 1, start: 0)
    rate.finish(10, isOurs: true)
    rate.finish(40, isOurs: false)
    #expect(rate.remainingSeconds(begun: 0, now: 20) == 100)
    rate.add(10)
    #expect(rate.remainingSeconds(begun: 0, now: 20) == 120)
  }
}
