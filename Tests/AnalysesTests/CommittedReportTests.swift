import Foundation
import Testing

@testable import Analyses
@testable import Suites

/// The reports of `analyses`: each is what its rows and its terms give, to the byte.
@Suite struct CommittedReportTests {
  private static let analyses = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "analyses")

  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: analyses.path))?
    .filter { !$0.hasSuffix(".md") }.sorted() ?? []

  /// The figures in a report's folder; reports of tables alone have none.
  private static func figures(in folder: URL) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "figures").path)
    return names?.sorted() ?? []
  }

  @Test("there are reports")
  func all() { #expect(Self.names.count >= 19) }

  @Test("rows and terms give the report and its figures", arguments: names)
  func written(name: String) throws {
    let folder = Self.analyses.appending(path: name)
    let scratch = try Scratch()
    defer { scratch.remove() }
    let report = try AnalysisReport(
      table: folder.appending(path: "records.csv"),
      terms: folder.appending(path: TermsFile.name), analyses: AnalysisList.all)
    _ = try report.write(to: scratch.url)
    let figures = Self.figures(in: scratch.url)
    #expect(Self.figures(in: folder) == figures)
    #expect(
      figures.isEmpty == report.sections.allSatisfy { $0.figures.isEmpty }, "\(name)")
    let files = ["report.md", "records.csv", TermsFile.name] + figures.map { "figures/\($0)" }
    for file in files {
      let committed = try Data(contentsOf: folder.appending(path: file))
      let same = try Data(contentsOf: scratch.url.appending(path: file)) == committed
      #expect(same, "\(name)/\(file): espalier report --records analyses/\(name)/records.csv")
    }
  }
}
