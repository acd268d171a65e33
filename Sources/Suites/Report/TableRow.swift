package import Recipes
package import Reports

/// A row of records.csv: one description of its columns writes the table and reads it.
package protocol TableRow: Hashable, Sendable {
  /// A row that says nothing, which reading fills.
  init()
  /// The columns in their order.
  static var columns: [Column<Self>] { get }
  /// Two columns for every layer behind them; `nil` for none.
  static var layers: LayerColumns<Self>? { get }
  /// Where a row has its learning curve, whose points are two columns for every step; `nil` for none.
  static var curve: WritableKeyPath<Self, LearningCurve>? { get }
  /// The columns that tell rows apart.
  static var identity: [String] { get }
  /// The rows of a table in one spelling, where tables made elsewhere spell differently.
  static func settled(_ rows: [Self]) -> [Self]
}

extension TableRow {
  package static var layers: LayerColumns<Self>? { nil }
  package static var curve: WritableKeyPath<Self, LearningCurve>? { nil }
  package static func settled(_ rows: [Self]) -> [Self] { rows }
}

/// One column: how its field is written and read.
package struct Column<Row> {
  package let name: String
  /// Whether a table without it cannot be read.
  package let isNeeded: Bool
  /// Whether its field may be empty.
  let mayBeEmpty: Bool
  /// Whether it is written where no row fills it.
  let isWrittenEmpty: Bool
  /// What its fields are to programs.
  let kind: FieldKind
  /// What to write there, for messages.
  package let expected: String
  /// The field of a row.
  package let write: (Row) -> String
  /// Reads a field that is not empty; where it cannot be, says what to write.
  package let read: (inout Row, String) -> String?

  /// A column that every row fills.
  package init<Value>(
    _ name: String, _ path: WritableKeyPath<Row, Value>, _ form: FieldForm<Value>
  ) {
    self.init(
      name, isNeeded: true, mayBeEmpty: false, kind: FieldKind(of: Value.self),
      expected: form.expected,
      write: { form.write($0[keyPath: path]) },
      read: { row, text in
        guard let value = form.read(text) else { return form.advice(text) }
        row[keyPath: path] = value
        return nil
      })
  }

  /// A column whose field may be empty.
  package init<Value>(
    _ name: String, _ path: WritableKeyPath<Row, Value?>, _ form: FieldForm<Value>,
    isNeeded: Bool = true, isWrittenEmpty: Bool = true
  ) {
    self.init(
      name, isNeeded: isNeeded, mayBeEmpty: true, isWrittenEmpty: isWrittenEmpty,
      kind: FieldKind(of: Value.self), expected: form.expected,
      write: { $0[keyPath: path].map(form.write) ?? "" },
      read: { row, text in
        guard let value = form.read(text) else { return form.advice(text) }
        row[keyPath: path] = value
        return nil
      })
  }

  /// A column of another kind.
  package init(
    _ name: String, isNeeded: Bool = true, mayBeEmpty: Bool = true, isWrittenEmpty: Bool = true,
    kind: FieldKind = .text, expected: String, write: @escaping (Row) -> String,
    read: @escaping (inout Row, String) -> String?
  ) {
    self.name = name
    self.isNeeded = isNeeded
    self.mayBeEmpty = mayBeEmpty
    self.isWrittenEmpty = isWrittenEmpty
    self.kind = kind
    self.expected = expected
    self.write = write
    self.read = read
  }
}

extension Column {
  /// How a training ended, in words: `diverged at` the step of its loss that was not finite, or without an
  /// accuracy. Tables made elsewhere may say anything.
  package static func outcome(
    _ divergedAt: WritableKeyPath<Row, Int?>, _ accuracy: KeyPath<Row, Double?>
  ) -> Column {
    let start = "diverged at "
    return Column(
      "outcome", isNeeded: false, expected: "how the run ended",
      write: { row in
        row[keyPath: divergedAt].map { "\(start)\($0)" }
          ?? (row[keyPath: accuracy] == nil ? "diverged" : "finished")
      },
      read: { row, text in
        if text.hasPrefix(start) { row[keyPath: divergedAt] = Int(text.dropFirst(start.count)) }
        return nil
      })
  }
}

extension FieldForm<Density> {
  /// A fraction kept. Floating-point numbers are printed with more digits than a fraction holds, or with an
  /// exponent.
  package static var density: FieldForm<Density> {
    Self("a fraction kept, such as 0.1 or 0.8^6", write: \.description) { text in
      Density(text) ?? Double(text).flatMap(Density.init(nearest:))
    }
  }
}

extension FieldForm<Step> {
  /// Epochs and iterations.
  package static var step: FieldForm<Step> {
    Self("epochs and iterations, such as 8ep or 500it", write: \.description) { Step($0) }
  }
}

extension TableRow {
  /// `rows` as a tidy table.
  package static func table(of rows: [Self]) -> CSV {
    let columns = columns.filter { column in
      column.isWrittenEmpty || rows.contains { !column.write($0).isEmpty }
    }
    let counts = layers?.written(for: rows)
    let curves = curve.map { CurveColumns(path: $0).written(for: rows) }
    return CSV(
      header: columns.map(\.name) + (counts?.header ?? []) + (curves?.header ?? []),
      rows: rows.map { row in
        columns.map { $0.write(row) } + (counts?.fields(row) ?? []) + (curves?.fields(row) ?? [])
      })
  }

  /// The rows of a table.
  ///
  /// - Throws: ``RecordsError`` naming file, row and column.
  package static func rows(in table: CSV, file: String) throws(RecordsError) -> [Self] {
    try TableReader<Self>(table, file: file).rows()
  }
}

/// Reads the rows of a table.
private struct TableReader<Row: TableRow> {
  private let table: CSV
  private let file: String
  private let columns: [(column: Column<Row>, place: Int?)]
  private let layers: [LayerPlace]
  private let points: [CurvePlace]

  init(_ table: CSV, file: String) throws(RecordsError) {
    (self.table, self.file) = (table, file)
    let places = Dictionary(uniqueKeysWithValues: table.header.enumerated().map { ($1, $0) })
    columns = Row.columns.map { ($0, places[$0.name]) }
    let missing = columns.filter { $0.column.isNeeded && $0.place == nil }.map(\.column.name)
    guard missing.isEmpty else {
      throw .missingColumns(file: file, missing: missing, present: table.header)
    }
    layers = Row.layers?.places(in: table.header) ?? []
    points = Row.curve.map { CurveColumns(path: $0).places(in: table.header) } ?? []
  }

  func rows() throws(RecordsError) -> [Row] {
    guard !table.rows.isEmpty else { throw .empty(file: file) }
    var read: [Row] = []
    for (index, fields) in table.rows.enumerated() {
      var row = Row()
      for (column, place) in columns {
        guard let place else { continue }
        let text = fields[place]
        if text.isEmpty {
          guard column.mayBeEmpty else { throw fault(index, column.name, "", column.expected) }
        } else if let advice = column.read(&row, text) {
          throw fault(index, column.name, text, advice)
        }
      }
      if let path = Row.layers?.path { row[keyPath: path] = try counts(index, fields) }
      if let path = Row.curve { row[keyPath: path] = try curve(index, fields) }
      read.append(row)
    }
    let settled = Row.settled(read)
    try checkIdentities(settled)
    return settled
  }

  private func counts(_ index: Int, _ fields: [String]) throws(RecordsError) -> [LayerCount] {
    var counts: [LayerCount] = []
    let form = FieldForm<Int>.count
    for layer in layers {
      func number(_ place: Int) throws(RecordsError) -> Int? {
        guard !fields[place].isEmpty else { return nil }
        guard let value = form.read(fields[place]) else {
          throw fault(index, table.header[place], fields[place], form.expected)
        }
        return value
      }
      guard let kept = try number(layer.kept), let place = layer.size,
        let size = try number(place)
      else { continue }
      guard size > 0, kept <= size else {
        throw fault(
          index, table.header[layer.kept], "\(kept)", "no more than its size, which is above 0")
      }
      counts.append(LayerCount(name: layer.name, size: size, kept: kept))
    }
    return counts
  }

  private func curve(_ index: Int, _ fields: [String]) throws(RecordsError) -> LearningCurve {
    var curve = LearningCurve()
    let form = FieldForm<Double>.finite
    for point in points where !fields[point.place].isEmpty {
      guard let value = form.read(fields[point.place]) else {
        throw fault(index, table.header[point.place], fields[point.place], form.expected)
      }
      curve.set(point.value, at: point.step, to: value)
    }
    return curve
  }

  private func checkIdentities(_ rows: [Row]) throws(RecordsError) {
    let parts = Row.identity.compactMap { name in Row.columns.first { $0.name == name } }
    var known: [[String]: Int] = [:]
    for (index, row) in rows.enumerated() {
      if let earlier = known.updateValue(index, forKey: parts.map { $0.write(row) }) {
        throw .repeated(
          file: file, row: index + 2, earlier: earlier + 2, columns: Row.identity)
      }
    }
  }

  private func fault(
    _ index: Int, _ column: String, _ found: String, _ expected: String
  ) -> RecordsError {
    .field(file: file, row: index + 2, column: column, found: found, expected: expected)
  }
}
