package import Foundation
package import Laboratory
import Recipes
package import Reports

/// A report that can be written: report.md, its figures, records.csv and terms.yaml, and report in other formats.
package struct AnalysisReport: Sendable {
  /// The analysis' name.
  package let analysis: String
  /// The question that it answers.
  package let question: String
  /// The rows of records.csv.
  package let records: CSV
  /// The text of terms.yaml.
  package let terms: String
  /// The report's parts.
  package let sections: [ReportSection]
  /// The terms as programs read them.
  private let statedTerms: JSON
  /// What the columns of records.csv hold.
  private let kinds: [FieldKind]

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
    (analysis, question) = (terms.analysis, terms.question)
    records = A.Row.table(of: rows)
    kinds = A.Row.kinds(of: records)
    statedTerms = try JSON(encoding: terms)
    self.terms = try TermsFile.text(of: terms)
    sections = try A.report(rows, terms)
  }

  /// The report of the table at `url` under the terms in the file at `terms`, by the one of `analyses` that they
  /// name.
  ///
  /// - Throws: `TextFileError`, ``RecordsError`` or a `ReportsError` naming file, row and column.
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
  package var text: String { document.markdown.rendered().replacing("\u{A0}", with: " ") }

  /// One JSON document with every number that the report shows, its terms and its rows.
  package func json() throws -> String { try ReportFormat.json.text(document) }

  /// The report as formats take it.
  private var document: ReportDocument {
    ReportDocument(sections.flatMap(\.blocks), figures: sections.flatMap(\.figures)) {
      [
        "analysis": .text(analysis), "question": .text(question), "terms": statedTerms,
        "records": .list(
          records.rows.map { row in
            .members(
              Dictionary(
                uniqueKeysWithValues: zip(records.header, zip(kinds, row)).map {
                  ($0, $1.0.json($1.1))
                }))
          }),
      ]
    }
  }

  /// Writes the report into `folder`, in each of `formats` beside report.md, and returns their paths in that order.
  ///
  /// - Parameter warn: hears, once, why figures could not be converted where a format wants them as other files; the
  ///   report is whole without.
  package func write(
    to folder: URL, as formats: [ReportFormat] = [.markdown],
    converting conversion: FigureConversion = FigureConversion(), warn: (String) -> Void = { _ in }
  ) throws -> [URL] {
    let document = document
    var figures: [String: String] = [:]
    for (name, figure) in document.figures { figures[name] = try figure.svg() }
    var others: [String: Data] = [:]
    for format in formats where format != .markdown {
      others[format.file] = Data(try format.text(document).utf8)
    }
    let endings = Set(formats.flatMap(\.figureFiles)).sorted()
    do {
      others.merge(try conversion.files(of: figures, as: endings)) { $1 }
    } catch let failure as FigureConversion.Failure {
      warn("\(failure)")
    }
    try ReportFolder(folder).write(
      document.markdown, figures: figures, records: records, formats: others,
      beside: [TermsFile.name: terms])
    return formats.map { folder.appending(path: $0.file) }
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
      provenance: suite.provenance(
        records.provenance,
        repetition: try plan.repetition.flatMap { try records.result(of: $0) }))
  }
}

extension TableRow {
  /// The rows of the table at `url`.
  package static func rows(at url: URL) throws -> [Self] {
    try rows(
      in: try CSV(parsing: try TextFile.read(url), file: url.relativePath), file: url.relativePath)
  }
}
