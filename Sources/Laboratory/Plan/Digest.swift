import Crypto
package import Foundation
import Glibc

/// A SHA-256 (FIPS 180-4) in 64 lowercase hexadecimal digits.
package struct Digest: Hashable, Sendable {
  /// The 64 digits.
  package let hexadecimal: String

  /// Reads 64 lowercase hexadecimal digits; nil for anything else.
  package init?(_ text: String) {
    let isDigit = { (byte: UInt8) in (48...57).contains(byte) || (97...102).contains(byte) }
    guard text.utf8.count == 64, text.utf8.allSatisfy(isDigit) else { return nil }
    hexadecimal = text
  }

  private init(_ digest: SHA256.Digest) {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    hexadecimal = String(decoding: bytes, as: UTF8.self)
  }

  /// The digest of bytes in memory.
  package static func sha256(of data: Data) -> Digest { Digest(SHA256.hash(data: data)) }

  /// The digest of a regular file, read in pieces of 1 MiB.
  ///
  /// - Throws: `LaboratoryError.unreadable`.
  package static func sha256(ofFile path: String) throws -> Digest {
    guard let descriptor = try FileSystem.openRegular(path) else {
      throw FileSystem.readFailure(path, code: ENOENT)
    }
    defer { close(descriptor) }
    var hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return Digest(hash.finalize()) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw FileSystem.readFailure(path) }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

extension Digest: Comparable, CustomStringConvertible, Codable {
  package static func < (left: Digest, right: Digest) -> Bool {
    left.hexadecimal < right.hexadecimal
  }

  package var description: String { hexadecimal }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a SHA-256 in lowercase hexadecimal")
    }
    self = digest
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hexadecimal)
  }
}
