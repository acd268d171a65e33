import Digests
import Foundation
import Testing

@testable import Laboratory

struct RecordTests {
  let record = Record(
    of: artifact("a \"label\"/é", inputs: [artifact("parent", "{}")]),
    outcome: WorkOutcome(
      result: Data(#"{"accuracy":0.10,"curve":[1e0,2]}"#.utf8),
      provenance: Data(#"{"seconds":1.5}"#.utf8)),
    files: ["x.safetensors": .init(bytes: 3, sha256: Digest.sha256(of: Data("abc".utf8)))])

  @Test func survivesItsFileToTheByte() throws {
    let read = try #require(Record.read(record.encoded())).record
    #expect(read == record)
    #expect(read.result == Data(#"{"accuracy":0.10,"curve":[1e0,2]}"#.utf8))
    #expect(read.seconds == 1.5)
  }

  @Test func isJSONWithTheseMembers() throws {
    let object = try JSONSerialization.jsonObject(with: record.encoded()) as? [String: Any]
    #expect(
      object?.keys.sorted() == [
        "digest", "files", "inputs", "key", "kind", "label", "provenance", "result", "resultDigest",
        "schema",
      ])
  }

  @Test func isNothingWhenCutAnywhere() throws {
    let bytes = try record.encoded()
    for length in 0..<(bytes.count - 1) { #expect(Record.read(bytes.prefix(length)) == nil) }
  }

  @Test func hasNoSecondsWhereProvenanceTellsNone() {
    let outcome = WorkOutcome(result: Data("{}".utf8))
    #expect(Record(of: artifact("a"), outcome: outcome, files: [:]).seconds == nil)
  }

  @Test func itsBytesAreUnderItsSeal() throws {
    let bytes = try record.encoded()
    #expect(Record.read(bytes)?.seal == .intact)
    for index in Array(0..<20) + stride(from: 20, to: bytes.count, by: 9) {
      var changed = bytes
      changed[index] ^= 1
      #expect(Record.read(changed)?.seal ?? .broken == .broken, "byte \(index)")
    }
    #expect(Record.read(bytes + Data([10]))?.seal == .broken)
  }

  @Test func thoseOfEarlierVersionsHaveNone() throws {
    let lines = String(decoding: try record.encoded(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let old = lines.filter { !$0.hasPrefix("\"digest\"") }.joined(separator: "\n")
    let read = try #require(Record.read(Data(old.utf8)))
    #expect(read.seal == .none && read.record == record)
  }

  @Test func tellsWhichFilesCanNeverBeThere() throws {
    let record = Record(
      of: artifact("a"),
      outcome: WorkOutcome(result: Data("{}".utf8), withholds: ["weights", "moments"]),
      files: ["right": .init(bytes: 3, sha256: Digest.sha256(of: Data("abc".utf8)))])
    #expect(try Record.read(record.encoded())?.record == record)
    #expect(record.lacks(["right", "weights", "moments"]) == [])
    #expect(record.lacks(["right", "scores"]) == ["scores"])
    let bytes = String(decoding: try record.encoded(), as: UTF8.self)
    #expect(bytes.contains(#""withholds": ["moments","weights"]"#))
  }
}
