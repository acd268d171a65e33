import Foundation
import Wording

extension ReportComparison {
  /// The comparison as a document.
  package var markdown: Markdown {
    var blocks: [Markdown.Block] = [
      .heading(1, "Two reports compared"), .paragraph(.init(summary)),
      .bullets([
        "before: \(code: before.name): \(before.report.answer)",
        "after: \(code: after.name): \(after.report.answer)",
      ]),
    ]
    blocks += section(
      "Verdicts that moved", verdictTable,
      note:
        "What follows a colon, or a signed number behind a comma, is evidence and moves nothing.")
    blocks += section(
      "By how much", estimateTable,
      note:
        "Rows whose words moved, with the estimate of the same row; a change has no interval of its own."
    )
    blocks += section("Terms", termTable)
    blocks += section(
      "Numbers", numberTable,
      note: "Cells that both reports have; changes are after minus before, as far as digits show.")
    blocks += section("What else is said otherwise", wordTable)
    let lonely = onlyOne
    if !lonely.isEmpty { blocks += [.heading(2, "In one report alone"), .bullets(lonely)] }
    return Markdown(blocks).folding(tablesAbove: 40)
  }

  private var summary: String {
    let runs =
      "Of \(Format.count(records.before, "run")) and \(Format.count(records.after)), \(Format.count(records.same)) are"
      + " the same in all columns but \(RecordsComparison.passing.sorted().joined(separator: " and "))."
    guard !isSame else {
      let cells = tables.reduce(0) { $0 + $1.compared }
      return
        "The two reports say the same in \(Format.count(cells, "cell")) of \(Format.count(tables.count, "table")), under"
        + " the same terms. " + runs
    }
    let numbers =
      "In tables of verdicts \(Format.count(movedVerdicts)) of \(Format.count(verdicts, "cell")) moved"
    return numbers
      + (terms.isEmpty
        ? "; the terms are the same. " : ", with \(Format.count(terms.count, "term")) changed. ")
      + runs
  }

  private func section(_ title: String, _ table: Markdown.Table, note: String? = nil) -> [Markdown
    .Block]
  {
    guard !table.rows.isEmpty else { return [] }
    return [.heading(2, .init(title))] + (note.map { [.paragraph(.init($0))] } ?? []) + [
      .table(table)
    ]
  }

  private var verdictTable: Markdown.Table {
    var table = Markdown.Table([.text("verdict"), .text("before"), .text("after")])
    for change in tables.flatMap(\.movedVerdicts) {
      table.append(plain: [change.name, change.before.text, change.after.text])
    }
    return table
  }

  private var estimateTable: Markdown.Table {
    var table = Markdown.Table([
      .text("table"), .text("row"), .text("before"), .text("after"), .number("estimate before"),
      .number("estimate after"), .number("change"),
    ])
    for comparison in tables {
      for change in comparison.changes where change.holdsWords && change.saysOtherwise {
        guard let (before, after) = change.estimate else { continue }
        let moved = CellChange.difference(before, after)
        table.append(
          plain: [
            comparison.place.words, change.row, change.before.text, change.after.text, before.text,
            after.text, moved.map { CellChange.shown($0, before, after) } ?? Format.missing,
          ])
      }
    }
    return table
  }

  private var termTable: Markdown.Table {
    var table = Markdown.Table([.text("term"), .text("before"), .text("after")])
    for term in terms {
      table.append(["\(code: term.path)", .init(term.before), .init(term.after)])
    }
    return table
  }

  /// One row for every column of numbers in which something differs.
  private var numberTable: Markdown.Table {
    var table = Markdown.Table([
      .text("table"), .text("column"), .number("cells that differ"), .number("median change"),
      .number("largest change"), .text("there"),
    ])
    for comparison in tables {
      let numbers = comparison.changes.filter { $0.difference != nil }
      var seen: Set<String> = []
      for column in numbers.map(\.column) where seen.insert(column).inserted {
        let changes = numbers.filter { $0.column == column }
          .sorted { abs($0.difference ?? 0) < abs($1.difference ?? 0) }
        guard let largest = changes.last, let median = Self.median(of: changes) else { continue }
        table.append(
          plain: [
            comparison.place.words, column, Format.count(changes.count),
            CellChange.shown(median, largest.before, largest.after),
            largest.difference.map { CellChange.shown($0, largest.before, largest.after) }
              ?? Format.missing,
            "\(largest.row): \(largest.before.text) → \(largest.after.text)",
          ])
      }
    }
    return table
  }

  private static func median(of changes: [CellChange]) -> Double? {
    let sorted = changes.compactMap(\.difference).sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// Words that are no verdicts and stand beside no estimate.
  private var wordTable: Markdown.Table {
    var table = Markdown.Table([.text("table"), .text("cell"), .text("before"), .text("after")])
    for comparison in tables {
      for change in comparison.changes where change.holdsWords && change.difference == nil {
        guard !change.holdsVerdict || !change.saysOtherwise, change.estimate == nil else {
          continue
        }
        table.append(plain: [
          comparison.place.words, change.name, change.before.text, change.after.text,
        ])
      }
    }
    return table
  }

  /// Tables, columns and rows that have no counterpart.
  private var onlyOne: [Markdown.Text] {
    func line(_ kind: String, _ names: [String], _ side: Side, of place: TablePlace? = nil)
      -> [Markdown.Text]
    {
      guard !names.isEmpty else { return [] }
      let table = place.map { " of \($0.words)" } ?? ""
      return ["\(kind)\(table) in \(code: side.name): \(Format.list(names, limit: 8))"]
    }
    return line("tables", tablesOnlyBefore, before) + line("tables", tablesOnlyAfter, after)
      + line("columns of records.csv", records.columnsOnlyBefore, before)
      + line("columns of records.csv", records.columnsOnlyAfter, after)
      + tables.flatMap { table in
        line("columns", table.columnsOnlyBefore, before, of: table.place)
          + line("columns", table.columnsOnlyAfter, after, of: table.place)
          + line("rows", table.onlyBefore, before, of: table.place)
          + line("rows", table.onlyAfter, after, of: table.place)
      }
  }
}

extension CellChange {
  /// The names of row and column.
  fileprivate var name: String { "\(row) · \(column)" }
}
