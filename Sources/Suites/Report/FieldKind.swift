import Recipes
package import Reports

/// What the fields of a column are to programs.
package enum FieldKind: Hashable, Sendable {
  case number
  case flag
  case text

  /// The kind of fields that hold a `Value`.
  init<Value>(of _: Value.Type) {
    self =
      switch Value.self {
      case is any BinaryInteger.Type, is any BinaryFloatingPoint.Type, is Density.Type: .number
      case is Bool.Type: .flag
      default: .text
      }
  }

  /// A field as JSON has it: an empty one null, a fraction kept such as 0.8^6 its value, and what is not of this kind a
  /// text.
  package func json(_ field: String) -> JSON {
    switch self {
    case _ where field.isEmpty: .null
    case .text: .text(field)
    case .flag: Bool(field).map { .flag($0) } ?? .text(field)
    case .number:
      Int(field).map { .whole($0) }
        ?? (Double(field) ?? Density(field)?.value).flatMap { $0.isFinite ? .number($0) : nil }
        ?? .text(field)
    }
  }
}

extension TableRow {
  /// The kind of each of the columns that `table` has.
  static func kinds(of table: CSV) -> [FieldKind] {
    let kinds = Dictionary(
      columns.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
    return table.header.map { name in
      // Beside its own columns a table has those of layers, which count weights.
      kinds[name] ?? .number
    }
  }
}
