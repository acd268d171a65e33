import Analyses
import Digests
import Foundation
import Reports
import Suites

/// A suite: runs it, and shows parts of its report, which stands in the folder of the cell's name.
struct SuiteCell: CellKind {
  static let language = "espalier"
  static let options = ["show"]

  private let name: String
  private let text: String
  private let place: CellPlace
  private let shown: Shown

  /// What of the report stands beneath the cell.
  private enum Shown: Hashable {
    /// What stands above its first heading.
    case answer
    case all
    case none
    /// Parts by their headings as links have them, `answer` among them.
    case parts([String])
  }

  init(_ source: CellSource, at place: CellPlace) throws {
    guard let name = source.name else { throw place.error(.missingName("a suite")) }
    (self.name, self.place) = (name, place)
    text = place.numbered(source.code)
    shown =
      switch source.options["show"] ?? "answer" {
      case "answer": .answer
      case "all": .all
      case "none": .none
      case let parts: .parts(parts.split(whereSeparator: { ", ".contains($0) }).map(String.init))
      }
  }

  private var folder: URL { place.results.appending(path: name, directoryHint: .isDirectory) }

  /// The report's folder from the notebook's.
  private var path: String { "\(place.results.lastPathComponent)/\(name)" }

  /// The table of its runs.
  var table: URL { folder.appending(path: "records.csv") }

  /// The report that the last run wrote.
  private func report() throws -> AnalysisReport {
    try AnalysisReport(
      table: table, terms: folder.appending(path: TermsFile.name), analyses: AnalysisList.all)
  }

  func recipes(_ workshop: any Workshop) throws -> Digest? {
    try workshop.recipes(ofSuite: text, at: place)
  }

  func run(_ workshop: any Workshop, _ cells: [String: any CellKind]) throws -> String {
    try workshop.run(suite: text, at: place, into: folder)
    let sections = try report().sections
    let link = Markdown.Block.paragraph("\("The whole report", link: "\(path)/report.md")")
    let blocks = try chosen(of: sections) + (shown == .none ? [] : [link])
    return Markdown(blocks).relocatingFigures(below: path).rendered()
  }

  private func chosen(of sections: [ReportSection]) throws -> [Markdown.Block] {
    let parts = ReportPart.parts(of: sections.flatMap(\.blocks))
    switch shown {
    case .none: return []
    case .all: return parts.flatMap(\.blocks)
    case .answer: return parts.first?.blocks ?? []
    case .parts(let wanted):
      return try wanted.flatMap { slug in
        guard let part = parts.first(where: { $0.slug == slug }) else {
          throw place.error(
            .optionValue(
              "show", value: slug,
              expected: "all, none, or of this report's parts "
                + parts.map(\.slug).joined(separator: ", ")))
        }
        return part.blocks
      }
    }
  }

  func lacking() -> [String] {
    ["report.md", "records.csv", TermsFile.name].filter {
      !FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
    }.map { "\(path)/\($0)" }
  }

  func value(_ content: String, _ cells: [String: any CellKind]) throws -> JSON {
    try JSON(parsing: report().json())
  }

  func clear() throws { try ReportFolder(folder).remove(beside: [TermsFile.name]) }
}

/// A part of a report under a heading of the second level; the first is what stands above them all.
struct ReportPart {
  /// The heading as links have it; `answer` for what stands above the first one.
  let slug: String
  /// Its blocks, the heading first; without the title of the whole.
  let blocks: [Markdown.Block]

  /// The parts of a report.
  static func parts(of blocks: [Markdown.Block]) -> [ReportPart] {
    var parts: [ReportPart] = []
    var (slug, body) = ("answer", [Markdown.Block]())
    for block in blocks {
      switch block {
      case .heading(1, _): continue
      case .heading(2, let title):
        parts.append(ReportPart(slug: slug, blocks: body))
        (slug, body) = (title.slug, [block])
      default: body.append(block)
      }
    }
    return parts + [ReportPart(slug: slug, blocks: body)]
  }
}
