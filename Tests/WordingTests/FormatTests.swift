import Testing

@testable import Wording

@Suite struct FormatTests {
  @Test(arguments: [
    (97.314, 1, "97.3"), (0, 2, "0.00"), (-0.04, 1, "0.0"), (-0.06, 1, "−0.1"),
    (12_345, 0, "12345"),
    (.nan, 1, "–"), (.infinity, 1, "∞"), (-.infinity, 1, "−∞"),
  ])
  func numbers(value: Double, digits: Int, text: String) {
    #expect(Format.number(value, digits: digits) == text)
  }

  @Test(arguments: [
    (0.3, "+0.3"), (-0.3, "−0.3"), (0.04, "0.0"), (-0.04, "0.0"), (0, "0.0"), (.nan, "–"),
    (.infinity, "+∞"),
  ])
  func differences(value: Double, text: String) {
    #expect(Format.difference(value) == text)
  }

  @Test func intervals() {
    #expect(Format.interval(-0.3, 0.5) == "[−0.3, 0.5]")
    #expect(Format.interval(-0.3, .infinity, digits: 2) == "[−0.30, ∞]")
    #expect(Format.difference(0.1, lower: -0.3, upper: 0.5) == "+0.1 [−0.3, 0.5]")
  }

  @Test(arguments: [
    (0.003, "0.003"), (0.001, "0.001"), (0.000_999, "< 0.001"), (0, "< 0.001"), (0.12, "0.120"),
    (1, "1.000"), (.nan, "–"),
  ])
  func pValues(p: Double, text: String) {
    #expect(Format.pValue(p) == text)
  }

  @Test(arguments: [
    (0.512, "51.2 %"), (0.018, "1.8 %"), (1, "100 %"), (0.068_72, "6.87 %"), (0.009_994, "0.999 %"),
    (0, "0 %"), (0.000_002, "0.0002 %"), (0.000_000_2, "2e−5 %"), (.nan, "–"),
  ])
  func percentages(fraction: Double, text: String) {
    #expect(Format.percent(fraction) == text)
  }

  @Test(arguments: [
    (9.996, "10"), (99.96, "100"), (1234.5, "1234"), (-6.872, "−6.87"), (0.5, "0.5"),
    (-0.000_012_3, "−1.23e−5"), (1e21, "1000000000000000000000"),
  ])
  func significantDigits(value: Double, text: String) {
    #expect(Format.significant(value) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12_345, "−12,345"),
    (Int.min, "−9,223,372,036,854,775,808"),
  ])
  func counts(count: Int, text: String) {
    #expect(Format.count(count) == text)
  }

  @Test(arguments: [
    (0, "0 s"), (0.45, "450 ms"), (0.9996, "1.0 s"), (3.24, "3.2 s"), (9.96, "10 s"),
    (59.6, "1 min"),
    (200, "3 min 20 s"), (180, "3 min"), (3599.6, "1 h"), (7500, "2 h 5 min"), (86_390, "1 d"),
    (273_600, "3 d 4 h"), (-200, "−3 min 20 s"), (.nan, "–"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(Format.duration(seconds: seconds) == text)
  }

  @Test(arguments: [
    (0, "0 B"), (812, "812 B"), (999, "999 B"), (1000, "1 kB"), (4096, "4.1 kB"),
    (12_345_678, "12.3 MB"), (999_600, "1 MB"), (Int.max, "9.22 EB"),
  ])
  func sizes(count: Int, text: String) {
    #expect(Format.bytes(count) == text)
  }

  @Test func countsWithTheirNouns() {
    #expect(Format.count(1, "run") == "1 run")
    #expect(Format.count(0, "run") == "0 runs")
    #expect(Format.count(1234, "run") == "1,234 runs")
    #expect(Format.count(2, "entry", plural: "entries") == "2 entries")
    #expect(Format.count(1, "entry", plural: "entries") == "1 entry")
  }

  @Test func listsAreCutShort() {
    #expect(Format.list(["a"]) == "a")
    #expect(Format.list(["a", "b", "c"]) == "a, b, c")
    #expect(Format.list(["a", "b", "c", "d", "e"], limit: 2) == "a, b and 3 more")
  }
}
