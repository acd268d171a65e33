import Foundation
import Reports
import Suites
import Wording

/// A selection from a table of records: `from` a suite of the notebook or a file, `where`, `mean`, `columns`, `sort`,
/// `limit`, `digits`.
struct RecordsCell: CellKind {
  static let language = "records"
  static let options: [String] = ["show"]

  private enum Key: String, SuiteKey {
    case from, `where`, mean, columns, sort, limit, digits
  }

  private let place: CellPlace
  /// A cell's name, or a path.
  private let from: String
  private let isShown: Bool
  private let selection: RecordSelection

  init(_ source: CellSource, at place: CellPlace) throws {
    self.place = place
    let shown = source.options["show"] ?? "table"
    guard ["table", "none"].contains(shown) else {
      throw place.error(.optionValue("show", value: shown, expected: "table or none"))
    }
    isShown = shown == "table"
    let findings = Findings(file: place.file)
    let root = try Field(document: place.numbered(source.code), from: place.line, findings)
    let fields = root.fields(Key.self)
    let from = fields?.required(.from, example: "from: first")?.text(
      "a cell's name or the path of a table")
    let selection = RecordSelection(
      conditions: fields?[.where]?.entries("columns and what they are, such as method: SNIP")?
        .compactMap { RecordCondition($0.name, $0.field) } ?? [],
      mean: fields?[.mean]?.columns() ?? [],
      columns: fields?[.columns]?.columns(),
      order: fields?[.sort]?.columns().map(RecordOrder.init) ?? [],
      limit: fields?[.limit]?.integer(1...1_000_000),
      digits: Dictionary(
        fields?[.digits]?.entries("columns and decimals, such as accuracy: 1")?
          .compactMap { name, field in field.integer(0...17).map { (name, $0) } } ?? [],
        uniquingKeysWith: { $1 }))
    try findings.throwProblems()
    guard let from else { preconditionFailure("a selection without problems from nothing") }
    (self.from, self.selection) = (from, selection)
  }

  /// Whether a table's path is stated, and not a cell's name.
  private var isPath: Bool { from.contains("/") || from.contains(".") }

  var reads: [String] { isPath ? [place.within(from) ?? from] : [] }
  var readsCells: [String] { isPath ? [] : [from] }

  func run(_ workshop: any Workshop, _ cells: [String: any CellKind]) throws -> String {
    let found = try selected(cells)
    return isShown ? Markdown([.table(selection.table(of: found))]).rendered() : ""
  }

  func value(_ content: String, _ cells: [String: any CellKind]) throws -> JSON {
    let found = try selected(cells)
    return .list(
      found.rows.map { row in
        .members(
          Dictionary(
            zip(found.header, row.map(JSON.init(field:))), uniquingKeysWith: { $1 }))
      })
  }

  private func selected(_ cells: [String: any CellKind]) throws -> CSV {
    let table: URL
    if isPath {
      table = URL(fileURLWithPath: from, relativeTo: place.folder)
    } else {
      guard let suite = cells[from] as? SuiteCell else {
        throw place.failure(
          "cell '\(from)' has no records; name a suite's cell, or the path of a table")
      }
      table = suite.table
    }
    let records = try CSV(parsing: try TextFile.read(table), file: table.relativePath)
    do {
      return try selection.of(records)
    } catch let fault {
      throw place.failure(fault.description)
    }
  }
}

extension Field {
  /// A column's name, or a list of several.
  fileprivate func columns() -> [String] {
    isList
      ? distinct("a list of columns") { $0.text("a column's name") } ?? []
      : text("a column's name, or a list of several").map { [$0] } ?? []
  }
}
