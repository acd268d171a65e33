import Wording

/// Two reports of one analysis: which verdicts moved and by how much, and what else differs.
///
/// What is compared is what the reports show: their tables, cell by cell, as `TableComparison` finds rows and columns
/// again, their terms and their rows of records.csv. A table of verdicts is one that holds claims, which reports
/// write in bold; all of its words count, also where a control stands in the place of a verdict. Nothing is tested here: a verdict that moves is no evidence of a difference between the two.
package struct ReportComparison: Sendable {
  /// A report and the name that it goes by.
  package typealias Side = (name: String, report: ComparedReport)

  let before, after: Side
  let tables: [TableComparison]
  /// Tables that one report has alone, by their places.
  let tablesOnlyBefore, tablesOnlyAfter: [String]
  let terms: [TermChange]
  let records: RecordsComparison

  /// Compares two reports.
  ///
  /// - Throws: ``ReportsError`` where they are of different analyses.
  package init(_ before: Side, _ after: Side) throws {
    let analyses = (before.report.analysis, after.report.analysis)
    guard analyses.0 == analyses.1 else {
      throw ReportsError.comparison(
        "\(before.name) is a report of the analysis `\(analyses.0)` and \(after.name) one of `\(analyses.1)`;"
          + " compare two of one analysis")
    }
    (self.before, self.after) = (before, after)
    let (old, new) = (before.report.tables, after.report.tables)
    let others = Dictionary(uniqueKeysWithValues: new.map { ($0.place, $0.table) })
    let places = Set(old.map(\.place))
    tables = old.compactMap { place, table in
      others[place].map { TableComparison(place, table, $0) }
    }
    tablesOnlyBefore = old.map(\.place).filter { others[$0] == nil }.map(\.words)
    tablesOnlyAfter = new.map(\.place).filter { !places.contains($0) }.map(\.words)
    terms = TermChange.between(before.report.terms, after.report.terms)
    records = RecordsComparison(before.report.records, after.report.records)
  }

  /// Cells of words in tables of verdicts that both reports have.
  package var verdicts: Int { tables.reduce(0) { $0 + $1.verdicts } }

  /// Those of them that say otherwise.
  package var movedVerdicts: Int { tables.reduce(0) { $0 + $1.movedVerdicts.count } }

  /// Whether tables, terms and what the reports say first are the same.
  var isSame: Bool {
    terms.isEmpty && tablesOnlyBefore.isEmpty && tablesOnlyAfter.isEmpty
      && before.report.answer == after.report.answer
      && tables.allSatisfy { table in
        table.changes.isEmpty && table.onlyBefore.isEmpty && table.onlyAfter.isEmpty
          && table.columnsOnlyBefore.isEmpty && table.columnsOnlyAfter.isEmpty
      }
  }
}
