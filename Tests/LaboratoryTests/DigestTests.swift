import Digests
import Foundation
import Testing

@testable import Laboratory

struct DigestTests {
  @Test func readsAFile() throws {
    let scratch = try Scratch()
    let path = scratch.folder + "/abc"
    try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try Digest.sha256(ofFile: path).hexadecimal == KeyTests.abc)
  }

  @Test func namesAFileThatIsNotThere() {
    #expect(
      throws: LaboratoryError.unreadable(path: "no/file", reason: "No such file or directory")
    ) { try Digest.sha256(ofFile: "no/file") }
  }
}
