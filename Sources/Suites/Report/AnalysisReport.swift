package import Foundation
package import Laboratory
import Recipes
package import Reports

/// A report that can be written: report.md, its figures, records.csv and terms.yaml.
package struct AnalysisReport: Sendable {
  /// The rows of records.csv.
  package let records: CSV
  /// The text of terms.yaml.
  package let terms: String
  /// The report's parts.
  package let sections: [ReportSection]

  /// The report of what `records` has of `plan`.
  package init<A: Analysis>(
    _ analysis: A, _ suite: Suite, _ plan: AnalysisPlan<A.Cell>, _ records: Records,
    registered statements: [Statement] = []
  ) throws {
    var terms = try Terms(analysis, suite, plan, records)
    try terms.register(statements)
    try self.init(A.self, try terms.rows(analysis, suite, plan, records), terms)
  }

  /// The report of `rows` under `terms`.
  package init<A: Analysis>(_: A.Type, _ rows: [A.Row], _ terms: Terms<A.Settings>) throws {
    records = A.Row.table(of: rows)
    self.terms = try TermsFile.text(of: terms)
    sections = try A.report(rows, terms)
  }

  /// The report of the table at `url` under the terms in the file at `terms`, by the one of `analyses` that they
  /// name.
  ///
  /// - Throws: ``TextFileError``, ``RecordsError`` or a `ReportsError` naming file, row and column.
  package init(table url: URL, terms: URL, analyses: [any Analysis.Type]) throws {
    let name = try TermsFile.analysis(in: terms)
    guard let analysis = analyses.first(where: { $0.about.name == name }) else {
      throw RecordsError.terms(
        file: terms.relativePath, reason: "there is no analysis `\(Naming.shown(name))`")
    }
    self = try Self.read(analysis, url, terms)
  }

  private static func read<A: Analysis>(_: A.Type, _ table: URL, _ terms: URL) throws
    -> AnalysisReport
  {
    try AnalysisReport(
      A.self, try A.Row.rows(at: table), try TermsFile.read(Terms<A.Settings>.self, from: terms))
  }

  /// The words of report.md, with ordinary spaces where the file has those at which no line ends.
  package var text: String { document.rendered().replacing("\u{A0}", with: " ") }

  /// Rows of a table that readers scroll past without losing the text; longer ones fold.
  private static let rowsInSight = 25

  private var document: Markdown {
    Markdown(sections.flatMap(\.blocks)).folding(tablesAbove: Self.rowsInSight)
  }

  /// Writes the report into `folder` and returns the path of report.md.
  package func write(to folder: URL) throws -> URL {
    var figures: [String: String] = [:]
    for (name, figure) in sections.flatMap(\.figures) { figures[name] = try figure.svg() }
    try ReportFolder(folder).write(
      document, figures: figures, records: records,
      beside: [TermsFile.name: terms])
    return folder.appending(path: "report.md")
  }
}

extension Terms {
  /// The terms of the report of what `records` has of `plan`.
  package init<A: Analysis>(
    _ analysis: A, _ suite: Suite, _ plan: AnalysisPlan<A.Cell>, _ records: Records
  ) throws where A.Settings == Settings {
    self.init(
      analysis: A.about.name, question: suite.question, seed: suite.seed,
      replicates: suite.replicates, looks: suite.looks,
      settings: try analysis.settings(suite, plan),
      missing: records.missing(behind: plan.cells),
      methods: analysis.describedMethods.map(MethodWords.init),
      provenance: suite.provenance(records.provenance))
  }
}

extension TableRow {
  /// The rows of the table at `url`.
  package static func rows(at url: URL) throws -> [Self] {
    try rows(
      in: try CSV(parsing: try TextFile.read(url), file: url.relativePath), file: url.relativePath)
  }
}
