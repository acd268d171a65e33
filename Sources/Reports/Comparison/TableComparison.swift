/// Two tables of one place, cell by cell.
///
/// Rows are the same where their first cells are: as many columns as tell all rows of either table apart. Columns are the
/// same by their headings.
struct TableComparison: Sendable {
  let place: TablePlace
  /// What differs, row by row.
  private(set) var changes: [CellChange] = []
  /// Cells that both tables have, those that name rows apart.
  private(set) var compared = 0
  /// Cells of both tables that hold a verdict.
  private(set) var verdicts = 0
  /// Rows that one of the tables has alone, by their names.
  let onlyBefore, onlyAfter: [String]
  /// Columns that one of the tables has alone.
  let columnsOnlyBefore, columnsOnlyAfter: [String]

  init(_ place: TablePlace, _ before: ComparedReport.Table, _ after: ComparedReport.Table) {
    self.place = place
    let (old, new) = (Named(before.columns), Named(after.columns))
    (columnsOnlyBefore, columnsOnlyAfter) = (old.without(new), new.without(old))
    let names = Self.namingColumns(before, after)
    let (oldRows, newRows) = (Named(before, naming: names), Named(after, naming: names))
    (onlyBefore, onlyAfter) = (oldRows.without(newRows), newRows.without(oldRows))

    let shared = old.names.indices.dropFirst(names).compactMap { index in
      new.index[old.names[index]].map { (old: index, new: $0) }
    }
    let isJudged = [before, after].contains(where: Self.holdsClaims)
    for (row, name) in oldRows.names.enumerated() {
      guard let other = newRows.index[name] else { continue }
      let estimate = Self.estimate(shared, before.rows[row], after.rows[other])
      for column in shared where column.old >= names {
        let change = CellChange(
          row: name.shown, column: old.names[column.old].shown,
          before: before.rows[row][column.old], after: after.rows[other][column.new],
          isVerdict: isJudged, estimate: estimate)
        compared += 1
        if change.holdsVerdict { verdicts += 1 }
        if change.before.text != change.after.text { changes.append(change) }
      }
    }
  }

  /// Verdicts that moved.
  var movedVerdicts: [CellChange] { changes.filter { $0.holdsVerdict && $0.saysOtherwise } }

  /// How many leading columns tell all rows of either table apart; one where nothing does.
  private static func namingColumns(_ tables: ComparedReport.Table...) -> Int {
    let width = tables.map(\.columns.count).min() ?? 0
    let count = (1...max(width, 1)).first { count in
      tables.allSatisfy { table in
        Set(table.rows.map { $0.prefix(count).map(\.text) }).count == table.rows.count
      }
    }
    return count ?? 1
  }

  private static func holdsClaims(_ table: ComparedReport.Table) -> Bool {
    table.rows.contains { $0.contains { $0.claims != nil } }
  }

  /// The first estimate with an interval of a row that both tables have.
  private static func estimate(
    _ columns: [(old: Int, new: Int)], _ before: [ComparedReport.Cell],
    _ after: [ComparedReport.Cell]
  ) -> CellChange.Estimate? {
    columns.lazy.map { (before: before[$0.old], after: after[$0.new]) }
      .first { [$0.before, $0.after].allSatisfy { $0.value != nil && $0.low != nil } }
  }
}

/// Names that are each there once: those that repeat are counted.
private struct Named {
  struct Name: Hashable {
    let shown: String
    let occurrence: Int
  }

  let names: [Name]
  let index: [Name: Int]

  init(_ words: [String]) {
    var counts: [String: Int] = [:]
    names = words.map { word in
      defer { counts[word, default: 0] += 1 }
      return Name(shown: word, occurrence: counts[word, default: 0])
    }
    index = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }

  /// The rows of `table`, named by their first `count` cells.
  init(_ table: ComparedReport.Table, naming count: Int) {
    self.init(table.rows.map { $0.prefix(count).map(\.text).joined(separator: " · ") })
  }

  func without(_ others: Named) -> [String] {
    names.filter { others.index[$0] == nil }.map(\.shown)
  }
}
