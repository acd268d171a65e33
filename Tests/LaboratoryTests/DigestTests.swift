import Foundation
import Testing

@testable import Laboratory

struct DigestTests {
  @Test func equalsTheStandardsExamples() throws {
    // FIPS 180-2, appendix B.1 and B.3.
    #expect(Digest.sha256(of: Data("abc".utf8)).hexadecimal == KeyTests.abc)
    let scratch = try Scratch()
    let path = scratch.folder + "/million"
    try Data(repeating: UInt8(ascii: "a"), count: 1_000_000).write(to: URL(fileURLWithPath: path))
    #expect(
      try Digest.sha256(ofFile: path).hexadecimal
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func readsFilesLongerThanItsBuffer() throws {
    let scratch = try Scratch()
    let path = scratch.folder + "/long"
    let data = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try data.write(to: URL(fileURLWithPath: path))
    #expect(try Digest.sha256(ofFile: path) == Digest.sha256(of: data))
  }

  @Test func namesAFileThatIsNotThere() {
    #expect(
      throws: LaboratoryError.unreadable(path: "no/file", reason: "No such file or directory")
    ) { try Digest.sha256(ofFile: "no/file") }
  }
}
