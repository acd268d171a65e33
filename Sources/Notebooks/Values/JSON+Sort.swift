import Reports
import Wording

extension JSON {
  /// A field of a table: a number where it is one.
  init(field: String) {
    self =
      field.isEmpty
      ? .null : Double(field).flatMap { $0.isFinite ? .number($0) : nil } ?? .text(field)
  }

  /// The number that it is; `nil` for anything else.
  var double: Double? {
    switch self {
    case .number(let number): number
    case .whole(let number): Double(number)
    case .large(let number): Double(number)
    case .null, .flag, .text, .list, .members: nil
    }
  }

  /// What it is, in messages.
  var sort: String {
    switch self {
    case .null: "nothing"
    case .flag: "true or false"
    case .number, .whole, .large: "a number"
    case .text: "a text"
    case .list(let values): "a list of \(values.count)"
    case .members(let members):
      "an object with " + Format.list(members.keys.sorted().map { "`\($0)`" }, limit: 12)
    }
  }
}
