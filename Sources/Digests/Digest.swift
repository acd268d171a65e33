import Crypto
package import Foundation
import Glibc

/// A SHA-256 (FIPS 180-4): 32 bytes, written as 64 lowercase hexadecimal digits.
package struct Digest: Hashable, Sendable {
  /// The bytes, eight to a word, the most significant first.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Reads 64 lowercase hexadecimal digits; nil for anything else.
  package init?(_ text: some StringProtocol) {
    var words: [UInt64] = [0, 0, 0, 0]
    var count = 0
    for byte in text.utf8 {
      guard count < 64, let digit = Digest.value(of: byte) else { return nil }
      words[count / 16] = words[count / 16] << 4 | digit
      count += 1
    }
    guard count == 64 else { return nil }
    self.words = (words[0], words[1], words[2], words[3])
  }

  private static func value(of digit: UInt8) -> UInt64? {
    switch digit {
    case 48...57: UInt64(digit - 48)
    case 97...102: UInt64(digit - 87)
    default: nil
    }
  }

  private init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  /// The 64 digits.
  package var hexadecimal: String {
    String(unsafeUninitializedCapacity: 64) { text in
      var place = 0
      for word in [words.0, words.1, words.2, words.3] {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
          let digit = UInt8(truncatingIfNeeded: word >> shift & 15)
          text[place] = digit < 10 ? 48 + digit : 87 + digit
          place += 1
        }
      }
      return 64
    }
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
    }
  }

  /// The digest of bytes in memory.
  package static func sha256(of bytes: some DataProtocol) -> Digest {
    Digest(SHA256.hash(data: bytes))
  }

  /// The digest of what an open file holds from here to its end, read in pieces of 1 MiB; nil, with the
  /// reason in `errno`, where it cannot be read.
  package static func sha256(readingFrom descriptor: CInt) -> Digest? {
    var hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return Digest(hash.finalize()) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return nil }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The digest of bytes that come in pieces.
  package struct Sum {
    private var hash = SHA256()

    /// No bytes yet.
    package init() {}

    /// Adds the next bytes.
    package mutating func add(_ bytes: some DataProtocol) {
      // Bytes in one piece, the usual case, need not be taken apart first.
      let whole: Void? = bytes.withContiguousStorageIfAvailable {
        hash.update(bufferPointer: UnsafeRawBufferPointer($0))
      }
      if whole == nil { hash.update(data: bytes) }
    }

    /// The digest of all bytes so far.
    package var digest: Digest { Digest(hash.finalize()) }
  }
}

extension Digest: Comparable, CustomStringConvertible, Codable {
  package static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  package static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }

  // A part of a digest is as good as random already.
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

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
