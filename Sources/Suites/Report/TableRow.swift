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
  /// The columns that tell rows apart.
  static var identity: [String] { get }
  /// The rows of a table in one spelling, where tables made elsewhere spell differently.
  static func settled(_ rows: [Self]) -> [Self]
}

extension TableRow {
  package static var layers: LayerColumns<Self>? { nil }
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

/// Columns `kept:NAME` and `size:NAME`, or others of this kind, for every layer.
package struct LayerColumns<Row> {
  /// How the names of the columns begin.
  package let kept, size: String
  /// Where a row has its layers.
  package let path: WritableKeyPath<Row, [LayerCount]>

  /// Columns whose names begin with `kept` and `size`.
  package init(_ kept: String, _ size: String, _ path: WritableKeyPath<Row, [LayerCount]>) {
    (self.kept, self.size, self.path) = (kept, size, path)
  }
}

extension FieldForm where Value == Density {
  /// A fraction kept. Floating-point numbers are printed with more digits than a fraction holds, or with an
  /// exponent.
  package static var density: Self {
    Self("a fraction kept, such as 0.1 or 0.8^6", write: \.description) { text in
      Density(text) ?? Double(text).flatMap(Density.init(nearest:))
    }
  }
}

extension FieldForm where Value == Step {
  /// Epochs and iterations.
  package static var step: Self {
    Self("epochs and iterations, such as 8ep or 500it", write: \.description) { Step($0) }
  }
}

extension TableRow {
  /// `rows` as a tidy table.
  package static func table(of rows: [Self]) -> CSV {
    let columns = columns.filter { column in
      column.isWrittenEmpty || rows.contains { !column.write($0).isEmpty }
    }
    let names =
      layers.map { own in rows.flatMap { $0[keyPath: own.path].map(\.name) }.distinct } ?? []
    return CSV(
      header: columns.map(\.name) + names.map { "\(layers!.kept):\($0)" }
        + names.map { "\(layers!.size):\($0)" },
      rows: rows.map { row in
        let fields = columns.map { $0.write(row) }
        guard let layers, !names.isEmpty else { return fields }
        let counts = Dictionary(
          row[keyPath: layers.path].map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        return fields + names.map { counts[$0].map { "\($0.kept)" } ?? "" }
          + names.map { counts[$0].map { "\($0.size)" } ?? "" }
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
  private let layers: [(name: String, kept: Int, size: Int?)]

  init(_ table: CSV, file: String) throws(RecordsError) {
    (self.table, self.file) = (table, file)
    let places = Dictionary(uniqueKeysWithValues: table.header.enumerated().map { ($1, $0) })
    columns = Row.columns.map { ($0, places[$0.name]) }
    let missing = columns.filter { $0.column.isNeeded && $0.place == nil }.map(\.column.name)
    guard missing.isEmpty else {
      throw .missingColumns(file: file, missing: missing, present: table.header)
    }
    guard let own = Row.layers else {
      layers = []
      return
    }
    layers = table.header.enumerated().compactMap { place, name in
      guard name.hasPrefix("\(own.kept):") else { return nil }
      let layer = String(name.dropFirst(own.kept.count + 1))
      return (layer, place, places["\(own.size):\(layer)"])
    }
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
