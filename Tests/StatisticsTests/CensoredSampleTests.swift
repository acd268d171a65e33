import Statistics
import Testing

@Suite struct CensoredSampleTests {
  private func sample(_ seen: [Double], censored: [Double] = []) throws -> CensoredSample {
    try #require(
      CensoredSample(
        seen.map { .init($0, isCensored: false) } + censored.map { .init($0, isCensored: true) }))
  }

  @Test func withoutCensoredTimesItIsTheMedian() throws {
    #expect(try sample([3, 1, 8]).median == .init(3, isCensored: false))
    #expect(try sample([3, 1, 8, 4]).median == .init(3.5, isCensored: false))
    #expect(try sample([7]).median == .init(7, isCensored: false))
    #expect(CensoredSample([]) == nil)
  }

  @Test func lateCensoredTimesLeaveItAlone() throws {
    let found = try sample([1, 2, 3], censored: [9, 9])
    #expect(found.median == .init(3, isCensored: false))
    #expect(found.censoredCount == 2)
    // A mean would have to invent what came after 9.
    #expect(found.times.map(\.value) == [1, 2, 3, 9, 9])
  }

  @Test func aCensoredMiddleIsALowerBound() throws {
    #expect(try sample([1], censored: [9, 9]).median == .init(9, isCensored: true))
    // Half-way between 4 and 9 or later.
    #expect(try sample([2, 4], censored: [9, 9]).median == .init(6.5, isCensored: true))
  }

  @Test func anEarlyCensoredTimeMayBelongToTheUpperHalf() throws {
    // Were the one at 1 later than all, the median would be 5.
    #expect(try sample([3, 5], censored: [1]).median == .init(3, isCensored: true))
    // Of equal ones the uncensored comes first: whatever the other is, the median is 3.
    #expect(try sample([1, 3], censored: [3]).median == .init(3, isCensored: false))
  }
}
