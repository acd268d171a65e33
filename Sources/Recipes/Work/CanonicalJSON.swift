package import Foundation

/// One encoding per value, whoever encodes it: keys sorted, no white space, numbers by their shortest text.
///
/// The bytes are those of Foundation's `JSONEncoder` with sorted keys and without escaped slashes, for what
/// recipes are made of: structs, enums, lists, dictionaries by text, texts and numbers. A plan has hundreds
/// of thousands of recipes, and this takes a twentieth of the encoder's time: what they all share, the
/// problem, is written out once.
package enum CanonicalJSON {
  /// The canonical bytes of `value`.
  ///
  /// - Throws: `EncodingError` for numbers that are not finite.
  package static func encode(_ value: some Encodable) throws -> Data {
    var bytes: [UInt8] = []
    try JSONValue(value).write(to: &bytes)
    return Data(bytes)
  }

  fileprivate static func bytes(collecting value: some Encodable) throws -> Data {
    var bytes: [UInt8] = []
    try JSONValue(collecting: value).write(to: &bytes)
    return Data(bytes)
  }
}

extension Work {
  /// The recipe as canonical JSON: keys sorted, defaults included, shortest exact numbers.
  package func canonicalData() throws -> Data { try CanonicalJSON.encode(self) }
}

extension Problem {
  /// The problem's own canonical bytes, a part of every recipe's.
  func canonicalData() throws -> Data {
    try canonical { try CanonicalJSON.bytes(collecting: self) }
  }
}

/// A JSON value that is being put together.
private enum JSONValue {
  /// A number, `true`, `false` or `null`.
  case literal(String)
  case text(String)
  case bytes(Data)
  /// An object or a list.
  case collection(JSONCollection)

  init<Value: Encodable>(_ value: Value) throws {
    if let scalar = try JSONValue.scalar(value) {
      self = scalar
    } else if Value.self == Problem.self {
      self = try .bytes((value as! Problem).canonicalData())
    } else {
      self = try JSONValue(collecting: value)
    }
  }

  /// What `value` makes of itself.
  init(collecting value: some Encodable) throws {
    let collection = JSONCollection()
    try value.encode(to: collection)
    self = collection.single ?? .collection(collection)
  }

  /// What a value is that has no encoding but its container's.
  init(single value: some Encodable) throws {
    if let scalar = try JSONValue.scalar(value) {
      self = scalar
    } else if let number = value as? any FixedWidthInteger {
      self = .literal("\(number)")
    } else if let number = value as? Float {
      self = try .number(number)
    } else {
      self = try JSONValue(value)
    }
  }

  /// The value of one of the usual types; nil for others. Types are compared, since casts are slow.
  private static func scalar<Value>(_ value: Value) throws -> JSONValue? {
    if Value.self == String.self { return .text(value as! String) }
    if Value.self == Int.self { return .literal(String(value as! Int)) }
    if Value.self == Double.self { return try .number(value as! Double) }
    if Value.self == Bool.self { return .literal(value as! Bool ? "true" : "false") }
    return nil
  }

  private static func number(_ value: some BinaryFloatingPoint & LosslessStringConvertible) throws
    -> JSONValue
  {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: [], debugDescription: "\(value) has no form in JSON"))
    }
    let text = value.description
    return .literal(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  func write(to bytes: inout [UInt8]) {
    switch self {
    case .literal(let text): bytes += text.utf8
    case .text(let text): Self.write(text, to: &bytes)
    case .bytes(let written): bytes += written
    case .collection(let collection): collection.write(to: &bytes)
    }
  }

  static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
      bytes += text.utf8
    } else {
      for byte in text.utf8 { writeEscaped(byte, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func writeEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case 0x22: bytes += #"\""#.utf8
    case 0x5C: bytes += #"\\"#.utf8
    case 0x08: bytes += #"\b"#.utf8
    case 0x09: bytes += #"\t"#.utf8
    case 0x0A: bytes += #"\n"#.utf8
    case 0x0C: bytes += #"\f"#.utf8
    case 0x0D: bytes += #"\r"#.utf8
    case ..<0x20: bytes += ((byte < 0x10 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16)).utf8
    default: bytes.append(byte)
    }
  }
}

/// The encoder of one value: an object, a list, or a single value.
private final class JSONCollection: Encoder {
  var members: [(key: String, value: JSONValue)] = []
  var entries: [JSONValue]?
  var single: JSONValue?

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(JSONMembers<Key>(collection: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if entries == nil { entries = [] }
    return JSONEntries(collection: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    JSONSingle(collection: self)
  }

  func write(to bytes: inout [UInt8]) {
    if let single { return single.write(to: &bytes) }
    if let entries {
      bytes.append(UInt8(ascii: "["))
      for (index, entry) in entries.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        entry.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
      return
    }
    members.sort { $0.key < $1.key }
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONValue.write(member.key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      member.value.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// A collection within this one's members.
  func nested(_ key: any CodingKey) -> JSONCollection {
    let collection = JSONCollection()
    members.append((key.stringValue, .collection(collection)))
    return collection
  }

  /// A collection at the end of this one's entries.
  func nested() -> JSONCollection {
    let collection = JSONCollection()
    entries?.append(.collection(collection))
    return collection
  }
}

private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let collection: JSONCollection
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { collection.members.append((key.stringValue, .literal("null"))) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    collection.members.append((key.stringValue, try JSONValue(value)))
  }

  func nestedContainer<Other: CodingKey>(
    keyedBy: Other.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Other> {
    collection.nested(key).container(keyedBy: Other.self)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    collection.nested(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { collection }
  func superEncoder(forKey key: Key) -> any Encoder { collection.nested(key) }
}

private struct JSONEntries: UnkeyedEncodingContainer {
  let collection: JSONCollection
  var codingPath: [any CodingKey] { [] }
  var count: Int { collection.entries?.count ?? 0 }

  func encodeNil() { collection.entries?.append(.literal("null")) }

  func encode(_ value: some Encodable) throws { collection.entries?.append(try JSONValue(value)) }

  func nestedContainer<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
    collection.nested().container(keyedBy: Key.self)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    collection.nested().unkeyedContainer()
  }

  func superEncoder() -> any Encoder { collection.nested() }
}

private struct JSONSingle: SingleValueEncodingContainer {
  let collection: JSONCollection
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { collection.single = .literal("null") }

  func encode(_ value: some Encodable) throws { collection.single = try JSONValue(single: value) }
}
