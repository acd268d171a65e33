import Foundation
import Synchronization
import Testing

@testable import Reports

/// Failures of several threads.
private final class Outcomes: Sendable {
  private let noted = Mutex<[String]>([])

  var failures: [String] { noted.withLock { $0 } }

  func note(_ failure: String) { noted.withLock { $0.append(failure) } }
}

@Suite struct ReportFolderTests {
  let text = Markdown([
    .heading(1, "Report"), .figure(path: "figures/a.svg", alternative: "A", caption: nil),
  ])
  let records = CSV(header: ["arm"], rows: [["shuffle"]])

  func inFolder(_ body: (URL) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url)
  }

  func files(_ url: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
  }

  func content(_ url: URL, _ path: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func writesTextFiguresAndRecords() throws {
    try inFolder { url in
      let folder = ReportFolder(url.appendingPathComponent("deep/er"))
      try folder.write(text, figures: ["a": "<svg/>", "b-2": "<svg></svg>"], records: records)
      #expect(
        try files(folder.url) == [
          "figures", "figures/a.svg", "figures/b-2.svg", "records.csv", "report.md",
        ])
      #expect(
        try content(folder.url, "report.md")
          == "# Report\n\n![A](figures/a.svg)\n\n<!-- Figures written with this report: a b-2 -->\n"
      )
      #expect(try content(folder.url, "figures/a.svg") == "<svg/>")
      #expect(try content(folder.url, "records.csv") == "arm\nshuffle\n")
    }
  }

  @Test func removesOnlyItsOwnFormerFigures() throws {
    try inFolder { url in
      let folder = ReportFolder(url)
      try folder.write(text, figures: ["a": "1", "old": "1"], records: records)
      try Data("mine".utf8).write(to: url.appendingPathComponent("figures/mine.svg"))
      try Data("mine".utf8).write(to: url.appendingPathComponent("suite.yaml"))
      try folder.write(text, figures: ["a": "2"], records: records)
      #expect(
        try files(url) == [
          "figures", "figures/a.svg", "figures/mine.svg", "records.csv", "report.md", "suite.yaml",
        ])
      #expect(try content(url, "figures/a.svg") == "2")
    }
  }

  @Test("other formats are told by the text, and go with the next report that has them no more")
  func formats() throws {
    try inFolder { url in
      let folder = ReportFolder(url)
      func write(_ formats: [String]) throws {
        try folder.write(
          text, figures: ["a": "1"], records: records,
          formats: Dictionary(uniqueKeysWithValues: formats.map { ($0, Data("x".utf8)) }),
          beside: ["terms.yaml": "t"])
      }
      let plain = ["figures", "figures/a.svg", "records.csv", "report.md", "terms.yaml"]
      try write(["report.html", "report.tex", "figures/a.pdf"])
      #expect(
        try files(url) == (plain + ["figures/a.pdf", "report.html", "report.tex"]).sorted())
      #expect(
        try content(url, "report.md").hasSuffix(
          "<!-- Files written with this report: figures/a.pdf report.html report.tex -->\n"
            + "<!-- Figures written with this report: a -->\n"))
      try write(["report.tex"])
      #expect(try files(url) == (plain + ["report.tex"]).sorted())
      try Data("mine".utf8).write(to: url.appendingPathComponent("report.html"))
      try write([])
      #expect(try files(url) == (plain + ["report.html"]).sorted(), "not its own")
      try write(["report.json", "figures/a.png"])
      try folder.remove(beside: ["terms.yaml"])
      #expect(try files(url) == ["report.html"])
    }
  }

  @Test("no comment has files removed that no report writes")
  func inventory() {
    let own = Inventory(figures: ["a", "b-2"], formats: ["figures/a.pdf", "report.html"])
    #expect(Inventory("text\n\n" + own.text) == own)
    #expect(own.paths == ["figures/a.svg", "figures/b-2.svg", "figures/a.pdf", "report.html"])
    #expect(Inventory("text\n\n" + Inventory(figures: ["a"]).text) == Inventory(figures: ["a"]))
    #expect(Inventory("text") == Inventory())
    let foreign = Inventory(
      figures: ["../a"],
      formats: [
        "../report.html", "suite.yaml", "report.a/b", "figures/a.svg", "/report.md", "report",
        "figures/../a.pdf",
      ])
    #expect(Inventory(foreign.text) == Inventory())
  }

  @Test func reportsWrittenAtOnceLeaveTheLastOneWhole() throws {
    try inFolder { url in
      let folder = ReportFolder(url)
      let outcomes = Outcomes()
      DispatchQueue.concurrentPerform(iterations: 24) { number in
        let name = "only-\(number)"
        let text = Markdown([
          .heading(1, .init("Report \(number)")),
          .figure(path: "figures/a.svg", alternative: "A", caption: nil),
        ])
        do {
          try folder.write(
            text, figures: ["a": "\(number)", name: "1"],
            records: CSV(header: ["arm"], rows: [["\(number)"]]))
        } catch { outcomes.note("\(error)") }
      }
      #expect(outcomes.failures == [])
      let text = try content(url, "report.md")
      let last = try #require(text.firstMatch(of: /# Report ([0-9]+)/)?.1)
      #expect(try content(url, "figures/a.svg") == last)
      #expect(try content(url, "records.csv") == "arm\n\(last)\n")
      #expect(
        try files(url) == [
          "figures", "figures/a.svg", "figures/only-\(last).svg", "records.csv", "report.md",
        ])
    }
  }

  @Test func whatAnInterruptedProcessLeftIsRemoved() throws {
    try inFolder { url in
      for name in [".report-being-written", ".report-being-written-5", "kept"] {
        try FileManager.default.createDirectory(
          at: url.appendingPathComponent(name), withIntermediateDirectories: true)
      }
      try ReportFolder(url).write(text, figures: ["a": "1"], records: records)
      #expect(
        try files(url) == ["figures", "figures/a.svg", "kept", "records.csv", "report.md"])
    }
  }

  @Test func aForeignTextNamesNoFiguresToRemove() throws {
    try inFolder { url in
      let figures = url.appendingPathComponent("figures")
      try FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
      try Data("x".utf8).write(to: figures.appendingPathComponent("old.svg"))
      for line in ["old", "<!-- Figures written with this report: ../figures/old -->"] {
        try Data(line.utf8).write(to: url.appendingPathComponent("report.md"))
        try ReportFolder(url).write(Markdown(), figures: [:], records: records)
        #expect(try files(url).contains("figures/old.svg"))
      }
    }
  }

  @Test func clearsWhatAnInterruptedProcessLeft() throws {
    try inFolder { url in
      let rest = url.appendingPathComponent(".report-being-written/figures")
      try FileManager.default.createDirectory(at: rest, withIntermediateDirectories: true)
      try Data("half".utf8).write(to: rest.appendingPathComponent("half.svg"))
      try ReportFolder(url).write(text, figures: ["a": "1"], records: records)
      #expect(try files(url) == ["figures", "figures/a.svg", "records.csv", "report.md"])
    }
  }

  @Test func refusesFiguresThatAreMissingOrBadlyNamedBeforeItWrites() throws {
    try inFolder { url in
      let folder = ReportFolder(url)
      #expect(throws: ReportsError.figureNotGiven(path: "figures/a.svg")) {
        try folder.write(text, figures: ["b": ""], records: records)
      }
      for name in ["", "A", "../a", "a.b", "a b"] {
        #expect(throws: ReportsError.figureName(name)) {
          try folder.write(text, figures: ["a": "", name: ""], records: records)
        }
      }
      #expect(!FileManager.default.fileExists(atPath: url.path))
    }
  }

  @Test func aFailureKeepsTheFormerTextAndNamesThePath() throws {
    try inFolder { url in
      let folder = ReportFolder(url)
      try folder.write(text, figures: ["a": "1"], records: records)
      let former = try content(url, "report.md")
      let blocked = url.appendingPathComponent("records.csv")
      try FileManager.default.removeItem(at: blocked)
      try FileManager.default.createDirectory(at: blocked, withIntermediateDirectories: true)
      #expect(
        throws: ReportsError.unwritable(path: blocked.path, reason: "Is a directory")
      ) { try folder.write(Markdown(), figures: [:], records: records) }
      #expect(try content(url, "report.md") == former)
      #expect(try files(url) == ["figures", "figures/a.svg", "records.csv", "report.md"])
    }
  }

  @Test func anUnwritableFolderIsNamed() throws {
    try inFolder { url in
      // A file where the folder should be stops even a privileged user.
      try Data().write(to: url)
      let inside = url.appendingPathComponent("report")
      #expect {
        try ReportFolder(inside).write(text, figures: ["a": ""], records: records)
      } throws: { error in
        guard case ReportsError.unwritable(let path, let reason) = error else { return false }
        return path.hasPrefix(inside.path) && !reason.isEmpty && !reason.contains("Error Domain")
      }
    }
  }
}
