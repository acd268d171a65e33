package import Digests
import Foundation

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

extension Key {
  /// What keys have in common that differ in their inputs alone.
  ///
  /// A key is the SHA-256 of all parts, then of each input's role and key, each preceded by its length: eight
  /// bytes, most significant first, so that no two lists give the same bytes. Inputs come in the order of their
  /// roles' UTF-8 bytes.
  package struct Beginning: Sendable {
    private let sum: Digest.Sum

    /// The sum of `parts`, from which all keys go on.
    init(_ parts: [Data]) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(parts.reduce(0) { $0 + 8 + $1.count })
      for part in parts { bytes.append(measured: part) }
      var sum = Digest.Sum()
      sum.add(bytes)
      self.sum = sum
    }

    /// The key with these inputs.
    package func key(inputs: [String: Key]) -> Key {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(96 * inputs.count)
      for (role, key) in inputs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        bytes.append(measured: role.utf8)
        bytes.append(measured: key.description.utf8)
      }
      var sum = sum
      sum.add(bytes)
      return Key(sum.digest)
    }
  }
}

extension [UInt8] {
  /// Appends a part, its length before it.
  fileprivate mutating func append(measured part: some Collection<UInt8>) {
    Swift.withUnsafeBytes(of: UInt64(part.count).bigEndian) { self += $0 }
    self += part
  }
}

extension Key: Comparable, CustomStringConvertible, Codable {
  package static func < (left: Key, right: Key) -> Bool { left.digest < right.digest }

  package var description: String { digest.hexadecimal }

  package init(from decoder: any Decoder) throws { digest = try Digest(from: decoder) }

  package func encode(to encoder: any Encoder) throws { try digest.encode(to: encoder) }
}
