import Foundation
import Reports
import Wording

/// What sentences may take from a cell: a value as JSON has them.
enum CellValue: Hashable, Sendable, Decodable {
  case none
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([CellValue])
  case members([String: CellValue])

  /// Reads JSON.
  init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

  /// A field of a table: a number where it is one.
  init(field: String) {
    self =
      field.isEmpty
      ? .none : Double(field).flatMap { $0.isFinite ? .number($0) : nil } ?? .text(field)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([CellValue].self) {
      self = .list(list)
    } else {
      self = .members(try container.decode([String: CellValue].self))
    }
  }

  /// What it is, in messages.
  var sort: String {
    switch self {
    case .none: "nothing"
    case .flag: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .list(let values): "a list of \(values.count)"
    case .members(let members):
      "an object with " + Format.list(members.keys.sorted().map { "`\($0)`" }, limit: 12)
    }
  }
}
