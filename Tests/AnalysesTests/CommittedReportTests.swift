import Foundation
import Testing

@testable import Analyses
@testable import Suites

/// Reports that people read: each is what its own table and terms say.
@Suite struct CommittedReportTests {
  private static let analyses = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "analyses")

  /// Those with terms, without which a table says too little.
  private static func folders() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: analyses.path).filter { name in
      FileManager.default.fileExists(atPath: analyses.appending(path: "\(name)/terms.yaml").path)
    }.sorted()
  }

  @Test("tables and terms that are committed give the report beside them")
  func reports() throws {
    let folders = try Self.folders()
    for name in ["lottery", "instability"] {
      #expect(folders.contains("\(name)-digits") && folders.contains("\(name)-mnist"))
    }
    #expect(folders.contains("instability-cifar10-miniature"))
    for name in folders {
      let folder = Self.analyses.appending(path: name)
      let report = try AnalysisReport(
        table: folder.appending(path: "records.csv"), terms: folder.appending(path: "terms.yaml"),
        analyses: AnalysisList.all)
      let committed = try String(contentsOf: folder.appending(path: "report.md"), encoding: .utf8)
      // Which figures a folder has is noted at the end, as it is written.
      let isSame = committed.hasPrefix(report.text.trimmingCharacters(in: .newlines))
      #expect(isSame, "\(name): espalier report --records analyses/\(name)/records.csv")
    }
  }
}
