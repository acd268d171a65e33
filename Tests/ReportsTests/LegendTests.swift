import Testing

@testable import Reports

@Suite struct LegendTests {
  let entries = Samples.arms.map { Legend.Entry(name: $0, sample: .region) }

  @Test func wrapsWithinItsWidth() {
    #expect(Legend(entries, left: 0, top: 0, right: 2000).height == Layout.lineHeight)
    #expect(Legend(entries, left: 0, top: 0, right: 300).height == 3 * Layout.lineHeight)
    #expect(Legend(entries, left: 0, top: 0, right: 1).height == 5 * Layout.lineHeight)
    #expect(Legend([], left: 0, top: 0, right: 100).height == 0)
  }
}
