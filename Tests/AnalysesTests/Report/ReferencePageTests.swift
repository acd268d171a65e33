import Foundation
import Recipes
import Testing
import Yams

@testable import Analyses
@testable import Suites

@Suite struct ReferencePageTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let catalog = repository.appending(path: "Sources/espalier/Espalier.docc")

  @Test("every criterion, ablation and analysis has a page, by its name")
  func complete() {
    let names = ReferencePage.all.map(\.file)
    #expect(Set(names).count == names.count)
    #expect(
      names
        == Criterion.all.map { "criterion-\($0.name)" } + Ablation.all.map { "ablation-\($0.name)" }
        + AnalysisList.all.map { "analysis-\($0.about.name)" })
  }

  @Test("no section of a page is empty", arguments: ReferencePage.all.map(\.file))
  func sections(file: String) throws {
    let page = try #require(ReferencePage.all.first { $0.file == file })
    #expect(page.sections.map(\.heading) == ["Formula", "Options", "Defaults", "Reference"])
    for (heading, text) in page.sections {
      #expect(text.trimmingCharacters(in: .whitespaces).count > 4, "\(heading)")
    }
    #expect(page.brief.count > 2 && page.summary.hasSuffix(".") || page.summary.hasSuffix("?"))
  }

  @Test(
    "the example of every page is a suite that can be planned",
    arguments: ReferencePage.all.map(\.file))
  func examples(file: String) throws {
    let page = try #require(ReferencePage.all.first { $0.file == file })
    // A program of the user's is a file beside the suite.
    let folder = Self.repository.appending(path: "analyses/bring-your-own-method")
    let decoded = try decode(page.example, folder: folder)
    let work = try SuiteWork(expanding: decoded)
    #expect(work.artifacts.count > 1)
    let stated = try #require(try Yams.load(yaml: page.example) as? [String: Any])
    #expect(
      stated["analysis"] as? String
        == (page.sort == "analysis" ? page.name : "\(stated["analysis"] ?? "")"))
    #expect(page.example.contains(page.name) || page.name == "command" || page.name == "random")
  }

  @Test("the pages of the catalog are those that would be written")
  func upToDate() throws {
    let pages = try PageFolder(Self.catalog)
    #expect(
      pages.stale + pages.gone == [],
      "write them anew by `espalier explain --output Sources/espalier/Espalier.docc`")
    #expect(pages.count == ReferencePage.all.count + 1)
    let front = try TextFile.read(Self.catalog.appending(path: "Espalier.md"))
    for name in ReferencePage.all.map(\.file) + ["VERDICTS", "write-reports"] {
      #expect(front.contains("- <doc:\(name)>\n"))
    }
  }

  @Test("the suites of the articles can be planned")
  func articles() throws {
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.catalog.path)
    where name.hasSuffix(".md") && !ReferencePage.all.contains(where: { "\($0.file).md" == name }) {
      let text = try TextFile.read(Self.catalog.appending(path: name))
      for match in text.matches(of: /```yaml\n(.*?)```/.dotMatchesNewlines()) {
        let decoded = try decode(String(match.output.1))
        #expect(try SuiteWork(expanding: decoded).artifacts.count > 10)
        count += 1
      }
    }
    #expect(count == 3)
  }
}
