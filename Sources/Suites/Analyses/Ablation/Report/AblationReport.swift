package import Foundation
package import Laboratory
import Recipes
import Reports

/// The report of an ablation suite: report.md, its figures, and records.csv.
///
/// A function of the records and the terms alone: the same give the same bytes.
package struct AblationReport {
  /// The runs, as records.csv lists them.
  package let records: [RunRecord]

  private let analysis: AblationAnalysis
  private let provenance: ReportProvenance?
  /// Runs that the plan names and the store lacks.
  private let missing: Int

  /// The report of a suite whose records `store` has.
  package init(suite: Suite, design: AblationDesign, work: AblationPlan, store: Store) throws {
    let stored = try StoredRuns(
      cells: work.cells, artifacts: work.artifacts, store: store, split: design.rules.split)
    records = stored.records
    missing = stored.missing
    analysis = try AblationAnalysis(records, terms: AblationTerms(suite, design))
    provenance = ReportProvenance(suite, design, runs: Array(stored.provenance.values))
  }

  /// The report of a table of runs made elsewhere.
  ///
  /// - Throws: ``TextFileError``, ``RecordsError`` or a `ReportsError` naming the file and the row.
  package init(table url: URL, terms: AblationTerms) throws {
    let table = try CSV(parsing: try TextFile.read(url), file: url.relativePath)
    try self.init(
      records: try RunRecord.records(in: table, file: url.relativePath), terms: terms)
  }

  /// The report of runs without provenance.
  package init(records: [RunRecord], terms: AblationTerms) throws {
    self.records = records
    missing = 0
    analysis = try AblationAnalysis(records, terms: terms)
    provenance = nil
  }

  /// Writes the report into `folder` and returns the path of report.md.
  package func write(to folder: URL) throws -> URL {
    var (document, figures) = (Markdown(), [String: String]())
    for section in sections {
      section.blocks.forEach { document.append($0) }
      for (name, figure) in section.figures { figures[name] = try figure.svg() }
    }
    let target = ReportFolder(folder)
    try target.write(document, figures: figures, records: RunRecord.table(of: records))
    return folder.appending(path: "report.md")
  }

  private var sections: [ReportSection] {
    [
      .answer(analysis, missing: missing), .accuracies(analysis), .verdicts(analysis),
      .differences(analysis), .layers(analysis), .audits(analysis), .runs(analysis),
    ] + (provenance.map { [.methods($0.design.methods), .provenance($0, records: records)] } ?? [])
  }
}

/// A part of a report: blocks, and the figures they show by name.
struct ReportSection {
  var blocks: [Markdown.Block] = []
  var figures: [(name: String, figure: Figure)] = []

  /// Adds a figure and the block that shows it; one of lines without a point is left out, since gaps alone cannot
  /// be drawn.
  mutating func show(_ figure: Figure, as name: String, caption: Markdown.Text) {
    if case .lines(let chart) = figure.drawing, !chart.hasPoints { return }
    figures.append((name, figure))
    blocks.append(
      .figure(
        path: ReportFolder.path(ofFigure: name), alternative: figure.alternative,
        caption: caption))
  }
}
