import Foundation
import Reports
@testable import Analyses
@testable import Suites
import Testing

@Suite struct AblationReportTests {
  @Test("the same records give the same bytes; the written table gives the same report")
  func deterministic() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let folders = ["one", "two", "three"].map { folder.appending(path: $0) }
    for folder in folders {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for folder in folders.prefix(2) {
      _ = try AnalysisReport(AblationDesign.self, Runs.known, Runs.terms()).write(to: folder)
    }
    let table = folders[0].appending(path: "records.csv")
    _ = try AnalysisReport(AblationDesign.self, try RunRecord.rows(at: table), Runs.terms()).write(
      to: folders[2])
    let names = ["report.md", "records.csv", "figures/differences.svg", "figures/accuracy.svg"]
    for name in names {
      let first = try Data(contentsOf: folders[0].appending(path: name))
      #expect(first.count > 100)
      for other in folders.dropFirst() {
        #expect(try Data(contentsOf: other.appending(path: name)) == first, "\(name)")
      }
    }
    #expect(
      !FileManager.default.fileExists(
        atPath: folders[0].appending(path: "figures/layers.svg").path),
      "nothing is known of layers")
  }

  @Test("a table that is not there is named")
  func missingTable() throws {
    let url = URL(fileURLWithPath: "absent.csv")
    let error = #expect(throws: TextFileError.self) {
      try AnalysisReport(AblationDesign.self, try RunRecord.rows(at: url), Runs.terms())
    }
    #expect(error?.description.contains("absent.csv: cannot be read") == true)
  }
}
