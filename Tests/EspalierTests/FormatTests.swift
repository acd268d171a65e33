import Foundation
import Testing

@Suite struct FormatTests {
  /// A table of accuracies trained elsewhere.
  private static let table =
    "method,ablation,density,replicate,accuracy\n"
    + ["none", "shuffle"].flatMap { ablation in
      (1...4).map { "SNIP,\(ablation),0.1,\($0),9\($0).5" }
    }.joined(separator: "\n") + "\n"

  private func program() throws -> Program {
    let program = try Program()
    try FileManager.default.createDirectory(
      at: program.path("runs"), withIntermediateDirectories: true)
    try program.write(Self.table, to: "runs/records.csv")
    return program
  }

  private func files(_ program: Program, _ folder: String = "runs") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: program.path(folder).path)
      .filter { $0 != "figures" }.sorted()
  }

  @Test("--json is short for --format json, beside other formats and none")
  func jsonFlag() throws {
    let program = try program()
    defer { program.remove() }
    let asked = try program.run(
      "report", "--records", "runs/records.csv", "--output", "asked", "--format", "json")
    let short = try program.run(
      "report", "--records", "runs/records.csv", "--output", "short", "--json")
    #expect(asked.status == 0 && short.status == 0, "\(asked.errors)\(short.errors)")
    #expect(try program.read("short/report.json") == program.read("asked/report.json"))
    #expect(try program.read("short/report.md") == program.read("asked/report.md"))
    let both = try program.run(
      "report", "--records", "runs/records.csv", "--output", "both", "--json", "--format", "html")
    #expect(both.output.contains("both/report.html") && both.output.contains("both/report.json"))
    let compared = try program.run("report", "--compare", "asked", "short", "--json")
    #expect(compared.status != 0 && compared.errors.contains("a comparison is Markdown"))
  }

  @Test(
    "a report is written in every format asked for, and goes with the next that is not asked for it"
  )
  func formats() throws {
    let program = try program()
    defer { program.remove() }
    let plain = try program.run("report", "--records", "runs/records.csv")
    #expect(plain.status == 0, "\(plain.errors)")
    #expect(plain.output.hasSuffix("runs/report.md\n"))
    let report = try program.read("runs/report.md")
    #expect(!report.contains("Files written"))

    let all = try program.run(
      "report", "--records", "runs/records.csv", "--format", "json,html", "--format", "markdown",
      "--format", "json")
    #expect(all.status == 0, "\(all.errors)")
    #expect(
      all.output.split(separator: "\n").map { $0.split(separator: "/").last }
        == ["report.json", "report.html", "report.md"])
    #expect(
      try files(program)
        == ["records.csv", "report.html", "report.json", "report.md", "terms.yaml"])
    let json = try JSONSerialization.jsonObject(with: Data(program.read("runs/report.json").utf8))
    let members = try #require(json as? [String: Any])
    #expect((members["records"] as? [Any])?.count == 8)
    #expect(members["analysis"] as? String == "ablation")
    #expect(try program.read("runs/report.html").hasPrefix("<!DOCTYPE html>"))

    #expect(try program.run("report", "--records", "runs/records.csv").status == 0)
    #expect(try program.read("runs/report.md") == report)
    #expect(try files(program) == ["records.csv", "report.md", "terms.yaml"])
  }

  @Test("without rsvg-convert LaTeX is written all the same, and told")
  func latex() throws {
    let program = try program()
    defer { program.remove() }
    let bare = try program.run(
      "report", "--records", "runs/records.csv", "--format", "latex",
      environment: ["PATH": program.path("empty").path])
    #expect(bare.status == 0, "\(bare.errors)")
    #expect(bare.errors.contains("install rsvg-convert (Debian: librsvg2-bin)"))
    #expect(try program.read("runs/report.tex").contains("\\begin{document}"))
    let figures = try FileManager.default.contentsOfDirectory(
      atPath: program.path("runs/figures").path)
    #expect(!figures.isEmpty)
    #expect(figures.allSatisfy { $0.hasSuffix(".svg") })
  }

  @Test(
    "what is no format says which there are",
    arguments: [
      ("htlm", "--format htlm: did you mean html? write markdown, json, html or latex"),
      ("docx", "--format docx: write markdown, json, html or latex"),
      ("json,", "--format : write markdown"),
    ])
  func unknown(name: String, words: String) throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try program.run("report", "--records", "runs/records.csv", "--format", name)
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(try files(program) == ["records.csv"])
  }

  @Test("a run writes them too")
  func run() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    let outcome = try program.run("run", "suite.yaml", "--format", "html")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasSuffix("report.html\n"))
    #expect(try program.read("report.html").contains("Does anything matter here?"))
    #expect(try program.read("report.md").contains("Files written with this report: report.html"))
  }
}
