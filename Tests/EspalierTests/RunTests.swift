import Foundation
import Testing

@Suite struct RunTests {
  @Test("a suite runs to a report, and a second run computes nothing")
  func runsToReport() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    let first = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains(" 0 were there, "))
    let report = try program.read("report.md")
    #expect(report.hasPrefix("# Does anything matter here?\n"))
    // 3 replicates × (dense + 4 methods × 2 densities × (1 + 4 ablations)).
    let rows = try program.read("records.csv").split(separator: "\n")
    #expect(rows.count == 1 + 3 * (1 + 4 * 2 * 5))
    for figure in ["differences", "accuracy", "layers"] {
      #expect(try program.read("figures/\(figure).svg").contains("<svg"))
    }

    let second = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(second.status == 0)
    #expect(second.errors.contains(" 0 computed"))
    #expect(try program.read("report.md") == report, "same records, same bytes")

    let plan = try program.run("plan", "suite.yaml")
    #expect(plan.output.contains("nothing to compute"))
    let status = try program.run("status")
    #expect(status.output.contains("complete"))
  }

  @Test("terms are registered before the first result, and changes are told")
  func registration() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let before = try program.read("report.md")
    let terms = /terms of the statistics +\| registered before the first of (\d+) results/
    let found = try #require(before.firstMatch(of: terms), "\(before)")
    // A state and a validation curve of each run, some of which are several runs'.
    let count = try #require(Int(found.1))
    #expect((123...246).contains(count))
    #expect(!before.contains("the terms were"))
    // Whoever has seen the results widens the margin.
    try program.write(Program.suite.replacing("margin: 5", with: "margin: 50"), to: "suite.yaml")
    let changed =
      "the terms were registered before the first of \(count) results; then changed (settings.margin: "
      + "5 → 50) when all \(count) results were there"
    #expect(try program.run("report", "suite.yaml").status == 0)
    #expect(try program.read("report.md").contains(changed))
    #expect(try program.run("run", "suite.yaml").status == 0)
    #expect(try program.read("report.md").contains(changed))
    // And takes it back: what happened stays.
    try program.write(Program.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    #expect(
      try program.read("report.md").contains(
        changed + "; then changed (settings.margin: 50 → 5) when all \(count) results were there"))
    // Another tool's table tells nothing of that.
    #expect(
      try program.run("report", "--records", "records.csv", "--output", "again").status == 0)
    #expect(try program.read("again/report.md") == program.read("report.md"))
  }

  @Test("the audits in the records hold")
  func audits() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let lines = try program.read("records.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let columns = Dictionary(uniqueKeysWithValues: lines[0].enumerated().map { ($1, $0) })
    var (shuffled, redrawn, pruned) = (0, 0, 0)
    for row in lines.dropFirst() {
      func field(_ name: String) -> String { row[columns[name]!] }
      #expect(field("pruned_at_zero") == field("pruned"), "\(row)")
      pruned += Int(field("pruned")) ?? 0
      if field("ablation").contains("shuffle") {
        #expect(field("counts_kept") == "true")
        #expect(Int(field("changed"))! > 0)
        shuffled += 1
      }
      if field("ablation").contains("reinitialize") {
        #expect(field("reinitialized") == field("reinitialized_of"))
        redrawn += 1
      }
    }
    #expect(shuffled == 3 * 4 * 2 * 2)
    #expect(redrawn == 3 * 4 * 2)
    #expect(pruned > 0)
  }

  @Test("a changed suite redoes only what it changes, and says why")
  func changedSuite() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    try program.write(
      Program.suite.replacing("learning-rate: 0.1", with: "learning-rate: 0.05"), to: "suite.yaml")
    let plan = try program.run("plan", "suite.yaml")
    #expect(plan.output.contains("learning-rate: 0.1 → 0.05"), "\(plan.output)")
    // Masks found at initialization do not depend on the learning rate.
    #expect(plan.output.contains(/mask: \d+, cached [1-9]\d*, to compute [1-9]/), "\(plan.output)")
    #expect(plan.output.contains(/scores: \d+, cached [1-9]/))
  }

  @Test("damage in the store is found, told and redone")
  func damage() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let before = try program.results()
    let victim = try #require(before.keys.first { $0.hasPrefix("state/") })
    let record = program.path("store/artifacts/\(victim)")
    let text = try String(contentsOf: record, encoding: .utf8)
    try text.replacing("\"correct\":", with: "\"correct\":1").write(
      to: record, atomically: true, encoding: .utf8)
    let again = try program.run("run", "suite.yaml")
    #expect(again.status == 0)
    #expect(again.errors.contains("redone: "))
    #expect(again.errors.contains("damaged"))
    #expect(try program.results() == before)
  }

  @Test("a report that lacks records is written and is no success")
  func lackingRecords() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    let empty = try program.run("report", "suite.yaml")
    #expect(empty.status == 1)
    #expect(empty.errors.contains("of suite.yaml; run it first: espalier run suite.yaml"))
    #expect(try program.run("run", "suite.yaml").status == 0)
    let whole = try program.run("report", "suite.yaml", "--output", "whole")
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(whole.errors == "")

    let trainings = program.path("store/artifacts/state")
    let records = try FileManager.default.subpathsOfDirectory(atPath: trainings.path)
      .filter { $0.hasSuffix("/record.json") }.sorted()
    // A result that was written over, and an artifact that is gone.
    let damaged = trainings.appending(path: records[0])
    try String(contentsOf: damaged, encoding: .utf8).prefix(100)
      .write(to: damaged, atomically: false, encoding: .utf8)
    try FileManager.default.removeItem(
      at: trainings.appending(path: records[1]).deletingLastPathComponent())
    let report = try program.run("report", "suite.yaml", "--output", "gaps")
    #expect(report.status == 1)
    #expect(report.output.hasSuffix("gaps/report.md\n"))
    #expect(report.errors.contains("cannot be read from the store, and the report is without them"))
    #expect(report.errors.contains("training "), "\(report.errors)")
    #expect(try program.read("gaps/report.md").contains("missing"))
  }

  @Test("two runs into one folder both succeed, and one report stands there whole")
  func oneFolder() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let report = try program.read("report.md")
    let processes = try (1...6).map {
      try program.start(["run", "suite.yaml", "--output", "out"], to: "run-\($0)")
    }
    for (index, process) in processes.enumerated() {
      process.waitUntilExit()
      let errors = try program.read("run-\(index + 1).err")
      #expect(process.terminationStatus == 0, "\(errors)")
    }
    #expect(try program.read("out/report.md") == report)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.path("out").path)
    #expect(names.sorted() == ["figures", "records.csv", "report.md", "terms.yaml"])
  }
}
