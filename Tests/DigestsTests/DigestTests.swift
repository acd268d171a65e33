import Foundation
import Testing

@testable import Digests

struct DigestTests {
  static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  /// FIPS 180-2, appendix B.3: a million times the letter a.
  static let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

  @Test func equalsTheStandardsExamples() {
    // FIPS 180-2, appendix B.1 and B.3.
    #expect(Digest.sha256(of: Data("abc".utf8)).hexadecimal == Self.abc)
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(Digest.sha256(of: letters).hexadecimal == Self.million)
    var sum = Digest.Sum()
    for start in stride(from: 0, to: 1_000_000, by: 300_000) {
      sum.add(letters[start..<min(start + 300_000, 1_000_000)])
    }
    #expect(sum.digest.hexadecimal == Self.million)
  }

  @Test func readsFilesLongerThanItsBuffer() throws {
    let path = NSTemporaryDirectory() + "/digest-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let data = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try data.write(to: URL(fileURLWithPath: path))
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    #expect(Digest.sha256(readingFrom: descriptor) == Digest.sha256(of: data))
    #expect(Digest.sha256(readingFrom: -1) == nil)
    #expect(errno == EBADF)
  }

  @Test func readsWhatItWrites() throws {
    let digest = try #require(Digest(Self.abc))
    #expect(digest == Digest.sha256(of: Array("abc".utf8)))
    #expect(digest.description == Self.abc)
    #expect(digest.bytes.prefix(4) == [0xba, 0x78, 0x16, 0xbf])
    #expect(digest.bytes.suffix(2) == [0x15, 0xad])
    #expect(digest.bytes.count == 32)
  }

  @Test(arguments: ["", "abc", abc.uppercased(), abc + "0", String(abc.dropLast()) + "g"])
  func rejectsWhatIsNotADigest(_ text: String) { #expect(Digest(text) == nil) }

  @Test func ordersAsText() throws {
    let texts = (0..<200).map { Digest.sha256(of: Array("\($0)".utf8)).hexadecimal }
    let digests = try texts.map { try #require(Digest($0)) }
    #expect(digests.sorted().map(\.description) == texts.sorted())
  }
}
