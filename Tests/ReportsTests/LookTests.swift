import Testing

@testable import Reports

@Suite struct LookTests {
  @Test func thirtySixSeriesAreAllDifferent() {
    #expect(Set((0..<36).map(Look.series)).count == 36)
  }

  @Test func colourIsNeverTheOnlyCue() {
    let first = (0..<Ink.series.count).map(Look.series)
    #expect(Set(first.map(\.marker)).count == first.count)
    #expect(Set(first.map(\.dash)).count == first.count)
    // Where a colour returns, marker and dashes have changed.
    for index in 0..<30 {
      let (one, next) = (Look.series(index), Look.series(index + 6))
      #expect(one.ink == next.ink && one.marker != next.marker && one.dash != next.dash)
    }
  }
}
