import Foundation
import Reports
import Suites
import Wording

/// Rows and columns of a table.
struct RecordSelection: Hashable {
  /// What rows must be, all of it.
  let conditions: [RecordCondition]
  /// Columns whose means are taken over rows that agree in all other columns shown.
  let mean: [String]
  /// The columns shown; `nil` for all.
  let columns: [String]?
  /// By what the rows are put in order, the first first.
  let order: [RecordOrder]
  /// Most rows.
  let limit: Int?
  /// Decimals of columns.
  let digits: [String: Int]

  /// A column that the table lacks.
  struct UnknownColumn: Error, Hashable, CustomStringConvertible {
    let name: String
    let known: [String]

    var description: String {
      "the table has no column `\(name)`; "
        + (Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
          ?? "it has \(Format.list(known.map { "`\($0)`" }, limit: 30))")
    }
  }

  /// The selection from `table`, its numbers as they stand there, means as exact as a double is.
  func of(_ table: CSV) throws(UnknownColumn) -> CSV {
    func index(_ name: String) throws(UnknownColumn) -> Int {
      guard let index = table.header.firstIndex(of: name) else {
        throw UnknownColumn(name: name, known: table.header)
      }
      return index
    }
    var rows = table.rows
    for condition in conditions {
      let column = try index(condition.column)
      rows = rows.filter { condition.holds(for: $0[column]) }
    }
    let shown = columns ?? table.header
    let places = try shown.map(index)
    for name in digits.keys.sorted() { _ = try index(name) }
    if !mean.isEmpty {
      let averaged = try mean.map(index)
      rows = Self.means(of: averaged, in: rows, alikeIn: places.filter { !averaged.contains($0) })
    }
    for step in order.reversed() {
      let column = try index(step.column)
      // Stable, so that what is equal stays in the order of the earlier steps.
      rows = rows.enumerated().sorted { left, right in
        let (a, b) = (RecordField(left.element[column]), RecordField(right.element[column]))
        if a == b { return left.offset < right.offset }
        // What is missing comes last, whichever way.
        if a == .nothing || b == .nothing { return b == .nothing }
        return step.isDescending ? b < a : a < b
      }.map(\.element)
    }
    return CSV(
      header: shown, rows: rows.prefix(limit ?? rows.count).map { row in places.map { row[$0] } })
  }

  private static func means(of averaged: [Int], in rows: [[String]], alikeIn places: [Int])
    -> [[String]]
  {
    var groups: [[String]: [[String]]] = [:]
    var order: [[String]] = []
    for row in rows {
      let key = places.map { row[$0] }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.compactMap { key in
      guard let group = groups[key], var first = group.first else { return nil }
      for column in averaged {
        let values = group.compactMap { Double($0[column]) }
        first[column] =
          values.isEmpty ? "" : "\(values.reduce(0, +) / Double(values.count))"
      }
      return first
    }
  }

  /// `selected` as a table of a document.
  func table(of selected: CSV) -> Markdown.Table {
    let isNumber = selected.header.indices.map { column in
      selected.rows.allSatisfy { $0[column].isEmpty || Double($0[column]) != nil }
        && selected.rows.contains { !$0[column].isEmpty }
    }
    var table = Markdown.Table(
      zip(selected.header, isNumber).map { $1 ? .number(.init($0)) : .text(.init($0)) })
    for row in selected.rows {
      table.append(
        plain: row.indices.map { column in
          guard isNumber[column] else { return row[column] }
          guard let value = Double(row[column]) else { return Format.missing }
          return digits[selected.header[column]].map { Format.number(value, digits: $0) }
            ?? Format.significant(value, digits: 6)
        })
    }
    return table
  }
}

/// A field as it is compared: numbers before words, each in their order.
private enum RecordField: Comparable {
  case number(Double)
  case words(String)
  case nothing

  init(_ text: String) {
    self =
      text.isEmpty
      ? .nothing : Double(text).flatMap { $0.isNaN ? nil : .number($0) } ?? .words(text)
  }
}

/// A step of an order: a column, after a minus from the largest down.
struct RecordOrder: Hashable {
  let column: String
  let isDescending: Bool

  init(_ text: String) {
    isDescending = text.hasPrefix("-")
    column = isDescending ? String(text.dropFirst()) : text
  }
}

/// What a column must be: one of several values, or `>`, `>=`, `<`, `<=`, `!=` one.
struct RecordCondition: Hashable {
  /// How a field is compared.
  private enum Sign: String, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case other = "!="
    case more = ">"
    case less = "<"
  }

  let column: String
  private let sign: Sign?
  private let values: [String]

  /// Reads a value, a list of values, or a sign and a value; `nil` after noting what is wrong.
  init?(_ column: String, _ field: Field) {
    self.column = column
    if field.isList {
      guard let values = field.distinct("a list of values", read: { $0.scalar ?? "" }) else {
        return nil
      }
      (sign, self.values) = (nil, values)
      return
    }
    let text = field.scalar ?? ""
    sign = Sign.allCases.first { text.hasPrefix($0.rawValue) }
    let rest = text.dropFirst(sign?.rawValue.count ?? 0).drop { $0 == " " }
    values = [String(rest)]
    if let sign, sign != .other, Double(rest) == nil {
      field.report(
        .unexpected(found: field.found, expected: "`\(sign.rawValue)` and a number, in quotes"))
      return nil
    }
  }

  /// Whether a field is as it must be; numbers are compared as numbers.
  func holds(for field: String) -> Bool {
    func equals(_ value: String) -> Bool {
      if let left = Double(field), let right = Double(value) { return left == right }
      return field == value
    }
    guard let sign else { return values.contains(where: equals) }
    if sign == .other { return !equals(values[0]) }
    guard let left = Double(field), let right = Double(values[0]) else { return false }
    return switch sign {
    case .atLeast: left >= right
    case .atMost: left <= right
    case .more: left > right
    case .less: left < right
    case .other: left != right
    }
  }
}
