import Analyses
import Foundation
import Suites
import Testing

@Suite struct ReportIndexTests {
  private static let analyses = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "analyses")

  @Test("the list of committed reports is what their tables and terms say")
  func committed() throws {
    let index = try ReportIndex(of: Self.analyses, analyses: AnalysisList.all)
    let page = try String(
      contentsOf: Self.analyses.appending(path: "README.md"), encoding: .utf8)
    #expect(page == index.text, "write it anew by 'espalier index analyses'")
    let suites = try FileManager.default.contentsOfDirectory(atPath: Self.analyses.path)
      .filter { !$0.hasSuffix(".md") }
    #expect(suites.count > 15)
    for suite in suites { #expect(page.contains("](\(suite)/report.md)")) }
  }

  @Test("a report is listed with question, answer, analysis and cost")
  func row() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    #expect(try ReportIndex(of: folder, analyses: AnalysisList.all).isEmpty)
    try FileManager.default.copyItem(
      at: Self.analyses.appending(path: "layer-collapse"), to: folder.appending(path: "one"))
    let text = try ReportIndex(of: folder, analyses: AnalysisList.all).text
      .replacing("\u{A0}", with: " ")
    #expect(text.contains("1 report, each from the suite.yaml beside it"))
    #expect(
      text.contains(
        "Random empties a layer between compressions 2,048 and 4,096; magnitude empties a layer between compressions 256 and 512; synflow empties a layer between compressions 4,194,304 and 8,388,608."
      ))
    #expect(text.contains("| `collapse` |"))
    #expect(text.contains(" 49 min 3 s |"))

    try "analysis: [".write(
      to: folder.appending(path: "one/terms.yaml"), atomically: true, encoding: .utf8)
    #expect(throws: RecordsError.self) { try ReportIndex(of: folder, analyses: AnalysisList.all) }
    #expect(throws: TextFileError.self) {
      try ReportIndex(of: folder.appending(path: "none"), analyses: AnalysisList.all)
    }
  }
}
