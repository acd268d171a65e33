package import Digests
package import Foundation

/// The small outcome of an artifact: `record.json`.
package struct Record: Hashable, Sendable {
  /// A file of the artifact.
  package struct File: Hashable, Sendable, Codable {
    /// Its size.
    package let bytes: Int
    /// The digest of its contents.
    package let sha256: Digest
  }

  /// The artifact's key.
  package let key: Key
  /// The artifact's kind.
  package let kind: String
  /// The version of the kind's recipe and code.
  package let schema: Int
  /// The artifact's name for people, as it was when the artifact was computed.
  package let label: String
  /// The artifacts it was computed from, by role.
  package let inputs: [String: Key]
  /// Its files by name; `recipe.json` and `record.json` are not among them.
  package internal(set) var files: [String: File]
  /// The names of files that can never be there.
  package internal(set) var withholds: Set<String>
  /// Canonical JSON, byte for byte as published; equal results are equal bytes.
  package let result: Data
  /// SHA-256 of `result`.
  package let resultDigest: Digest
  /// Canonical JSON about how, when and with what: timings, versions, processor.
  package let provenance: Data

  /// Seconds that the work took, if the provenance has a number `seconds`.
  package var seconds: Double? {
    struct Timing: Decodable { let seconds: Double? }
    return (try? JSONDecoder().decode(Timing.self, from: provenance))?.seconds
  }

  /// The files among `names` that are not kept although they could be.
  package func lacks(_ names: Set<String>) -> Set<String> {
    names.filter { files[$0] == nil && !withholds.contains($0) }
  }

  init(of artifact: Artifact, outcome: WorkOutcome, files: [String: File]) {
    key = artifact.key
    kind = artifact.kind
    schema = artifact.schema
    label = artifact.label
    inputs = artifact.inputs
    self.files = files
    withholds = outcome.withholds
    result = outcome.result
    resultDigest = Digest.sha256(of: outcome.result)
    provenance = outcome.provenance
  }
}

extension Record {
  private struct Header: Codable {
    var files: [String: File]
    var inputs: [String: Key]
    var key: Key
    var kind: String
    var label: String
    var resultDigest: Digest
    var schema: Int
    /// Only where there are any.
    var withholds: [String]?
  }

  /// The bytes of `record.json`: a member on each line, result and provenance as they were given, and the
  /// SHA-256 of what the file would be without it.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let header = try encoder.encode(
      Header(
        files: files, inputs: inputs, key: key, kind: kind, label: label,
        resultDigest: resultDigest, schema: schema,
        withholds: withholds.isEmpty ? nil : withholds.sorted()))
    var members = JSONMembers.split(header) ?? [:]
    members["result"] = result
    members["provenance"] = provenance
    let digest = Digest.sha256(of: Record.lines(members))
    members["digest"] = Data("\"\(digest)\"".utf8)
    return Record.lines(members)
  }

  private static func lines(_ members: [String: Data]) -> Data {
    let lines = members.sorted { $0.key < $1.key }
      .map { Data("\"\($0.key)\": ".utf8) + $0.value }
    return Data("{\n".utf8) + Data(lines.joined(separator: Data(",\n".utf8))) + Data("\n}\n".utf8)
  }

  /// Whether a record's bytes are those that were written.
  enum Seal: Hashable {
    case intact
    case broken
    /// Written before records had a digest of the whole.
    case none
  }

  private static let unsealedMembers: Set<String> = [
    "files", "inputs", "key", "kind", "label", "provenance", "result", "resultDigest", "schema",
  ]

  /// Reads `record.json`; nil if it is not a record.
  static func read(_ bytes: Data) -> (record: Record, seal: Seal)? {
    guard var members = JSONMembers.split(bytes),
      let record = Record(members: members, bytes: bytes)
    else { return nil }
    guard let stated = members["digest"] else {
      return (record, Set(members.keys) == unsealedMembers ? .none : .broken)
    }
    // The whole is compared too: what stands between members, or twice, is not within the digest.
    let isWhole = lines(members) == bytes
    members["digest"] = nil
    let digest = Digest.sha256(of: lines(members))
    return (record, isWhole && stated == Data("\"\(digest)\"".utf8) ? .intact : .broken)
  }

  private init?(members: [String: Data], bytes: Data) {
    guard let header = try? JSONDecoder().decode(Header.self, from: bytes),
      let result = members["result"], let provenance = members["provenance"]
    else { return nil }
    files = header.files
    withholds = Set(header.withholds ?? [])
    inputs = header.inputs
    key = header.key
    kind = header.kind
    label = header.label
    resultDigest = header.resultDigest
    schema = header.schema
    self.result = result
    self.provenance = provenance
  }
}
