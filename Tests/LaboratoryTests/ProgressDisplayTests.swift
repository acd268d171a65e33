import Testing

@testable import Laboratory

struct ProgressDisplayTests {
  func snapshot(done: Int, total: Int = 100, label: String = "LeNet 1") -> ProgressSnapshot {
    ProgressSnapshot(
      total: total, cached: 20, done: done, failed: 1, elsewhere: 2,
      running: [.init(label: label, fraction: 0.456), .init(label: "new", fraction: 0)],
      remainingSeconds: 200)
  }

  @Test func aLineTellsEverything() {
    #expect(
      snapshot(done: 40).line(width: 200)
        == "40/100 (40%) · 20 cached · 1 failed · 2 computed by other processes · 3 min 20 s left"
        + " · LeNet 1 45% · new")
  }

  @Test func aLineFitsAndHasNoControlCharacters() {
    #expect(snapshot(done: 40).line(width: 10) == "40/100 (4…")
    let odd = snapshot(done: 40, label: "a\u{1B}[2J\nb\u{9}").line(width: 200)
    #expect(odd.hasSuffix(#"a\u{1B}[2J\u{A}b\u{9} 45% · new"#))
  }

  @Test func aTerminalShowsOneLineAFewTimesASecond() {
    var time = 0.0
    var written: [String] = []
    let display = ProgressDisplay(
      style: .live(width: { 13 }), now: { time }, write: { written.append($0) })
    for tick in 0...100 {
      time = Double(tick) / 100
      display.update(snapshot(done: 40))
    }
    #expect(written == [String](repeating: "\r\u{1B}[K40/100 (40%…", count: written.count))
    #expect((5...6).contains(written.count))
    written = []
    display.note("redone: x")
    #expect(written == ["\r\u{1B}[Kredone: x\n40/100 (40%…"])
    display.finish()
    #expect(written.last == "\n")
  }

  @Test func elsewhereLinesComeWithEachTenthAndEachMinute() {
    var time = 0.0
    var written = ""
    let display = ProgressDisplay(style: .plain, now: { time }, write: { written += $0 })
    for done in 20...50 {
      time += 0.1
      display.update(snapshot(done: done))
    }
    time += 61
    display.update(snapshot(done: 51))
    display.note("redone: \u{1B}x")
    display.finish()
    let lines = written.split(separator: "\n")
    #expect(lines.map { $0.prefix(3) } == ["20/", "30/", "40/", "50/", "51/", "red"])
    #expect(!written.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
  }

  @Test func anEmptyPlanIsDone() { #expect(snapshot(done: 0, total: 0).percent == 100) }
}
