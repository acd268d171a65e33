import Testing

@testable import Laboratory

struct WordingTests {
  @Test(arguments: [
    (0, "under 1 s"), (0.4, "under 1 s"), (1, "1 s"), (59.4, "59 s"), (59.7, "1 min"),
    (200, "3 min 20 s"), (599.6, "10 min"), (754, "13 min"), (3599, "1 h"), (7500, "2 h 5 min"),
    (86_399, "1 d"), (273_600, "3 d 4 h"), (-1, "an unknown time"),
    (.infinity, "an unknown time"), (.nan, "an unknown time"),
  ])
  func durations(seconds: Double, text: String) { #expect(Wording.duration(seconds) == text) }

  @Test(arguments: [
    (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (20 << 20, "20 MiB"),
    (10 * 1024 + 512, "11 KiB"), ((1 << 20) - 1, "1 MiB"), (3 << 40, "3 TiB"),
    (5000 << 40, "5000 TiB"),
  ])
  func sizes(bytes: Int, text: String) { #expect(Wording.bytes(bytes) == text) }
}
