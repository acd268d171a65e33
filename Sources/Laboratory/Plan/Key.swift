package import Digests

/// The identity of an artifact: equal work has an equal key.
package struct Key: Hashable, Sendable {
  /// The SHA-256 over everything that decides the artifact's bits.
  package let digest: Digest

  /// Makes a key of a digest.
  package init(_ digest: Digest) { self.digest = digest }

  /// Reads 64 lowercase hexadecimal digits; nil for anything else.
  package init?(_ text: String) {
    guard let digest = Digest(text) else { return nil }
    self.digest = digest
  }

  /// The first twelve digits, enough for people to tell keys apart.
  package var short: String { String(description.prefix(12)) }
}

extension Key: Comparable, CustomStringConvertible, Codable {
  package static func < (left: Key, right: Key) -> Bool { left.digest < right.digest }

  package var description: String { digest.hexadecimal }

  package init(from decoder: any Decoder) throws { digest = try Digest(from: decoder) }

  package func encode(to encoder: any Encoder) throws { try digest.encode(to: encoder) }
}
