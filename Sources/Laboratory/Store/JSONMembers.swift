import Foundation

/// The members of a JSON object with their values' bytes untouched.
///
/// Decoding and encoding again would rewrite numbers, and a result's digest is taken of its bytes.
enum JSONMembers {
  /// Splits an object; nil if the text is not an object. Values are not checked beyond their ends.
  static func split(_ data: Data) -> [String: Data]? {
    let bytes = [UInt8](data)
    var position = 0
    func skipSpace() {
      while position < bytes.count, [32, 9, 10, 13].contains(bytes[position]) { position += 1 }
    }
    func take(_ character: UInt8) -> Bool {
      skipSpace()
      guard position < bytes.count, bytes[position] == character else { return false }
      position += 1
      return true
    }
    /// The text between quotes, with escapes left as they are.
    func takeString() -> String? {
      guard take(quote) else { return nil }
      let start = position
      while position < bytes.count, bytes[position] != quote {
        position += bytes[position] == backslash ? 2 : 1
      }
      guard position < bytes.count else { return nil }
      position += 1
      return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
    }
    func takeValue() -> Data? {
      skipSpace()
      let start = position
      var depth = 0
      while position < bytes.count {
        switch bytes[position] {
        case quote:
          guard takeString() != nil else { return nil }
          continue
        case openBrace, openBracket: depth += 1
        case closeBrace, closeBracket, comma:
          if depth == 0 {
            var end = position
            while end > start, [32, 9, 10, 13].contains(bytes[end - 1]) { end -= 1 }
            return end > start ? Data(bytes[start..<end]) : nil
          }
          if bytes[position] != comma { depth -= 1 }
        default: break
        }
        position += 1
      }
      return nil
    }

    guard take(openBrace) else { return nil }
    var members: [String: Data] = [:]
    if !take(closeBrace) {
      repeat {
        guard let name = takeString(), take(colon), let value = takeValue() else { return nil }
        members[name] = value
      } while take(comma)
      guard take(closeBrace) else { return nil }
    }
    skipSpace()
    return position == bytes.count ? members : nil
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let openBrace = UInt8(ascii: "{")
  private static let closeBrace = UInt8(ascii: "}")
  private static let openBracket = UInt8(ascii: "[")
  private static let closeBracket = UInt8(ascii: "]")
  private static let comma = UInt8(ascii: ",")
  private static let colon = UInt8(ascii: ":")
}
