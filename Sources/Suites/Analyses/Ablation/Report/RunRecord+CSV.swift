import Foundation
import Recipes
package import Reports

extension RunRecord {
  /// Columns that every table of runs has.
  private static let required = ["method", "ablation", "density", "replicate", "accuracy"]
  /// Columns of the toolkit's own tables, in their order; `kept:` and `size:` columns per layer follow.
  private static let optional = [
    "outcome", "loss", "validation_accuracy", "early_stopping_step", "steps", "total_steps",
    "connected", "zero_scores", "ties", "changed", "expected_changed", "counts_kept",
    "reinitialized", "reinitialized_of", "pruned_at_zero", "pruned", "seconds", "artifact",
  ]

  /// `records` as a tidy table: one row per run.
  package static func table(of records: [RunRecord]) -> CSV {
    var layers: [String] = []
    for record in records {
      for layer in record.details.layers where !layers.contains(layer.name) {
        layers.append(layer.name)
      }
    }
    let columns =
      required + optional + layers.map { "kept:\($0)" } + layers.map { "size:\($0)" }
    return CSV(header: columns, rows: records.map { $0.row(layers: layers) })
  }

  private func row(layers: [String]) -> [String] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    let outcome =
      details.divergedAt.map { "diverged at \($0)" } ?? (accuracy == nil ? "diverged" : "finished")
    let byName = Dictionary(uniqueKeysWithValues: details.layers.map { ($0.name, $0) })
    return [
      method, ablation, density.description, text(replicate), text(accuracy), outcome,
      text(details.loss), text(details.validationAccuracy), text(details.earlyStopping),
      text(details.steps), text(details.totalSteps), text(details.connected),
      text(details.zeroScores), text(details.ties), text(details.changed),
      text(details.expectedChanged), text(details.countsKept), text(details.reinitialized),
      text(details.reinitializedOf), text(details.prunedAtZero), text(details.pruned),
      text(details.seconds), text(details.artifact),
    ] + layers.map { text(byName[$0]?.kept) } + layers.map { text(byName[$0]?.size) }
  }

  /// The runs of a table; an empty accuracy is a run that diverged.
  ///
  /// - Throws: ``RecordsError`` naming file, row and column.
  package static func records(in table: CSV, file: String) throws(RecordsError) -> [RunRecord] {
    let missing = required.filter { !table.header.contains($0) }
    guard missing.isEmpty else {
      throw .missingColumns(file: file, missing: missing, present: table.header)
    }
    let columns = Dictionary(uniqueKeysWithValues: table.header.enumerated().map { ($1, $0) })
    var read: [RunRecord] = []
    for (index, fields) in table.rows.enumerated() {
      read.append(
        try RunRecord(
          TableRow(file: file, number: index + 2, columns: columns, fields: fields)))
    }
    let spellings = NearDensities(read.map(\.density))
    var records: [RunRecord] = []
    var rows: [Identity: Int] = [:]
    for (index, record) in read.map({ $0.at(spellings.one(for: $0.density)) }).enumerated() {
      if let earlier = rows.updateValue(index + 2, forKey: Identity(record)) {
        throw .repeated(file: file, row: index + 2, earlier: earlier)
      }
      records.append(record)
    }
    guard !records.isEmpty else { throw .empty(file: file) }
    return records
  }

  /// The name of ablations as this toolkit writes it; others stay as they are.
  private static func spelled(_ names: String) -> String {
    names.split(separator: " + ").map { name in
      SuiteName.spellings(of: String(name)).lazy.compactMap(Ablation.init).first?.rawValue
        ?? String(name)
    }.joined(separator: " + ")
  }

  /// This run under another spelling of its density.
  private func at(_ density: Density) -> RunRecord {
    var run = RunRecord(
      method: method, ablation: ablation, density: density, replicate: replicate,
      accuracy: accuracy)
    run.details = details
    return run
  }

  private struct Identity: Hashable {
    let method, ablation: String
    let density: Density
    let replicate: Int

    init(_ record: RunRecord) {
      (method, ablation) = (record.method, record.ablation)
      (density, replicate) = (record.density, record.replicate)
    }
  }

  private init(_ row: TableRow) throws(RecordsError) {
    self.init(
      method: try row.name("method"), ablation: Self.spelled(try row.name("ablation")),
      density: try row.value("density", "a fraction kept, such as 0.1 or 0.8^6") { text in
        // Floating-point numbers are printed with more digits than a fraction holds, or with an exponent.
        Density(text) ?? Double(text).flatMap(Density.init(nearest:))
      },
      replicate: try row.value("replicate", "a number from 1 on") {
        Int($0).flatMap { $0 > 0 ? $0 : nil }
      },
      accuracy: try row.optional("accuracy", "percent from 0 to 100, or nothing for a diverged run")
      {
        Double($0).flatMap { (0...100).contains($0) ? $0 : nil }
      })
    let (count, number) = ("a whole number from 0 to 10^12", "a number")
    // Sums over all rows of a table stay far from the largest number.
    func whole(_ text: String) -> Int? {
      Int(text).flatMap { (0...1_000_000_000_000).contains($0) ? $0 : nil }
    }
    func finite(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
    details.divergedAt = row["outcome"].flatMap {
      $0.hasPrefix("diverged at ") ? Int($0.dropFirst("diverged at ".count)) : nil
    }
    details.loss = try row.optional("loss", number, finite)
    details.validationAccuracy = try row.optional("validation_accuracy", number, finite)
    details.earlyStopping = try row.optional("early_stopping_step", count, whole)
    details.steps = try row.optional("steps", count, whole)
    details.totalSteps = try row.optional("total_steps", count, whole)
    details.connected = try row.optional("connected", "true or false") { Bool($0) }
    details.zeroScores = try row.optional("zero_scores", count, whole)
    details.ties = try row.optional("ties", count, whole)
    details.changed = try row.optional("changed", count, whole)
    details.expectedChanged = try row.optional("expected_changed", "a number from 0 to 10^12") {
      finite($0).flatMap { (0...1e12).contains($0) ? $0 : nil }
    }
    details.countsKept = try row.optional("counts_kept", "true or false") { Bool($0) }
    details.reinitialized = try row.optional("reinitialized", count, whole)
    details.reinitializedOf = try row.optional("reinitialized_of", count, whole)
    details.prunedAtZero = try row.optional("pruned_at_zero", count, whole)
    details.pruned = try row.optional("pruned", count, whole)
    details.seconds = try row.optional("seconds", number, finite)
    details.artifact = row["artifact"]
    for column in row.names where column.hasPrefix("kept:") {
      let name = String(column.dropFirst("kept:".count))
      guard let kept = try row.optional(column, count, whole),
        let size = try row.optional("size:\(name)", count, whole)
      else { continue }
      guard size > 0, kept <= size else {
        throw row.fault(column, String(kept), "no more than its size, which is above 0")
      }
      details.layers.append(LayerCount(name: name, size: size, kept: kept))
    }
  }
}

/// One row of a table of runs, for reading.
private struct TableRow {
  let file: String
  let number: Int
  let columns: [String: Int]
  let fields: [String]

  /// Columns in their order.
  var names: [String] { columns.sorted { $0.value < $1.value }.map(\.key) }

  /// A field that is there and not empty.
  subscript(column: String) -> String? {
    columns[column].flatMap { fields[$0].isEmpty ? nil : fields[$0] }
  }

  func name(_ column: String) throws(RecordsError) -> String {
    guard let text = self[column] else { throw fault(column, "", "a name") }
    guard let fault = Naming.fault(of: text) else { return text }
    throw self.fault(column, text, "a name \(fault.rule)")
  }

  func value<Value>(_ column: String, _ expected: String, _ read: (String) -> Value?)
    throws(RecordsError) -> Value
  {
    guard let value = try optional(column, expected, read) else {
      throw fault(column, "", expected)
    }
    return value
  }

  func optional<Value>(_ column: String, _ expected: String, _ read: (String) -> Value?)
    throws(RecordsError) -> Value?
  {
    guard let text = self[column] else { return nil }
    guard let value = read(text) else { throw fault(column, text, expected) }
    return value
  }

  func fault(_ column: String, _ found: String, _ expected: String) -> RecordsError {
    .field(file: file, row: number, column: column, found: found, expected: expected)
  }
}

/// What can be wrong with a table of runs.
package enum RecordsError: Error, Hashable, CustomStringConvertible {
  /// Columns that every table needs.
  case missingColumns(file: String, missing: [String], present: [String])
  /// A field that cannot be read.
  case field(file: String, row: Int, column: String, found: String, expected: String)
  /// Two rows about the same run.
  case repeated(file: String, row: Int, earlier: Int)
  /// No row at all.
  case empty(file: String)
  /// No method is run without ablation.
  case nothingToCompare

  /// What is wrong, where, and what to do.
  package var description: String {
    switch self {
    case .missingColumns(let file, let missing, let present):
      "\(file):1: columns missing: \(missing.joined(separator: ", ")); there are "
        + present.joined(separator: ", ")
    case .field(let file, let row, let column, let found, let expected):
      "\(file): row \(row): \(column): "
        + (found.isEmpty ? "empty" : "found '\(Naming.shown(found))'")
        + "; write \(expected)"
    case .repeated(let file, let row, let earlier):
      "\(file): row \(row) is about the same method, ablation, density and replicate as row "
        + "\(earlier); keep one"
    case .empty(let file): "\(file): holds no runs; add a row for each"
    case .nothingToCompare:
      "no runs to compare: every comparison needs runs of a method with ablation 'none' and runs of"
        + " the same method, densities and replicates with an ablation"
    }
  }
}
