import Foundation

/// A value as JSON has them, whose numbers are finite.
package indirect enum JSON: Hashable, Sendable, Codable {
  case null
  case flag(Bool)
  case whole(Int)
  /// A whole number beyond the largest `Int`, such as a seed.
  case large(UInt64)
  case number(Double)
  case text(String)
  case list([JSON])
  case members([String: JSON])

  /// A number; null where it is missing or not finite, for which JSON has no word.
  package init(_ number: Double?) {
    self = number.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }

  /// Numbers, each null where it is missing or not finite.
  package init(_ numbers: [Double?]) { self = .list(numbers.map { JSON($0) }) }

  /// Texts.
  package init(_ texts: [String]) { self = .list(texts.map { .text($0) }) }

  /// What `value` encodes.
  package init(encoding value: some Encodable) throws {
    self = try JSONDecoder().decode(JSON.self, from: try JSONEncoder().encode(value))
  }

  /// Reads a file's text.
  package init(parsing text: String) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  package init(from decoder: any Decoder) throws {
    // By its shape first, so that what is wrong within a list or an object is told, and not that it is no scalar.
    if (try? decoder.unkeyedContainer()) != nil {
      self = .list(try [JSON](from: decoder))
      return
    }
    if (try? decoder.container(keyedBy: AnyMember.self)) != nil {
      self = .members(try [String: JSON](from: decoder))
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let whole = try? container.decode(Int.self) {
      self = .whole(whole)
    } else if let large = try? container.decode(UInt64.self) {
      self = .large(large)
    } else {
      self = .number(try container.decode(Double.self))
    }
  }

  /// Asks whether a value has members, whatever their names.
  private enum AnyMember: CodingKey {}

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .whole(let whole): try container.encode(whole)
    case .large(let large): try container.encode(large)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .members(let members): try container.encode(members)
    }
  }

  /// The text of a file: sorted members, one to a line, slashes as they are.
  package func rendered() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
