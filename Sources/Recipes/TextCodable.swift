/// What is encoded as the text that describes it.
package protocol TextCodable: Codable, LosslessStringConvertible {
  /// What a text is not that cannot be decoded.
  static var noun: String { get }
}

extension TextCodable {
  /// Decodes the exact text.
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Self(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no \(Self.noun): \(text)"))
    }
    self = value
  }

  /// Encodes the exact text.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
