package import Foundation
import Recipes
import Reports
package import Statistics
import Yams

/// Everything that a report says and its rows do not: what was asked, how it was run, what is missing.
///
/// Written beside report.md and records.csv as terms.yaml.
package struct Terms<Settings: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
  /// The analysis' name.
  package let analysis: String
  /// The question that the report opens with.
  package var question: String
  /// Root of the statistics' random streams.
  package var seed: UInt64
  /// Independent draws that were asked for.
  package let replicates: Int
  /// After how many of them α is spent; `nil` for one look at all there are.
  package var looks: Looks?
  /// When is looked: never before all replicates of a fixed design are there; `nil` for a table of a design that
  /// nothing tells of.
  package var allLooks: Looks? { looks ?? (try? Looks([replicates])) }
  /// The looks of a design of several.
  package var severalLooks: Looks? { looks.flatMap { $0.areSeveral ? $0 : nil } }
  /// What the analysis itself settles.
  package var settings: Settings
  /// Artifacts that were asked for and are not there.
  package let missing: Int
  /// How methods find their masks.
  package let methods: [MethodWords]
  /// Settings, versions, processor and cost in words; none of a table made elsewhere.
  package let provenance: [Fact]
  /// When these terms were settled; `nil` where nothing tells.
  package var registration: Registration?

  /// Terms.
  package init(
    analysis: String, question: String, seed: UInt64, replicates: Int, looks: Looks? = nil,
    settings: Settings,
    missing: Int = 0, methods: [MethodWords] = [], provenance: [Fact] = [],
    registration: Registration? = nil
  ) {
    self.analysis = analysis
    self.question = question
    self.seed = seed
    self.replicates = replicates
    self.looks = looks
    self.settings = settings
    self.missing = missing
    self.methods = methods
    self.provenance = provenance
    self.registration = registration
  }
}

/// One line of the table of provenance.
package struct Fact: Hashable, Codable, Sendable {
  /// What is told.
  package let what: String
  /// What it is.
  package let value: String

  /// A fact.
  package init(_ what: String, _ value: String) { (self.what, self.value) = (what, value) }
}

/// The file that holds a report's terms.
package enum TermsFile {
  /// Its name, beside records.csv.
  package static let name = "terms.yaml"

  /// The file's text.
  ///
  /// By way of JSON, a part of YAML, whose encoder writes numbers so that they are read back to the bit.
  package static func text(of terms: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(terms), as: UTF8.self)
    guard let node = try Yams.compose(yaml: json) else { return "" }
    return try Yams.serialize(node: block(node), width: -1, allowUnicode: true)
  }

  /// The name of the analysis whose terms the file at `url` holds.
  package static func analysis(in url: URL) throws -> String {
    struct Named: Decodable { let analysis: String }
    return try read(Named.self, from: url).analysis
  }

  /// Reads terms.
  ///
  /// - Throws: `TextFileError` or ``RecordsError`` naming the file.
  package static func read<Value: Decodable>(_: Value.Type, from url: URL) throws -> Value {
    let text = try TextFile.read(url)
    do {
      return try YAMLDecoder().decode(Value.self, from: text)
    } catch {
      throw RecordsError.terms(file: url.relativePath, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
        .joined(separator: ".")
    }
    return switch error {
    case DecodingError.keyNotFound(let key, let context):
      "`\((context.codingPath + [key]).map(\.stringValue).joined(separator: "."))` is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      place(context).isEmpty ? "it is not such a file" : "`\(place(context))` cannot be read"
    default: "it is no YAML"
    }
  }

  /// The same in YAML's own style; texts that would be read as something else stay quoted.
  private static func block(_ node: Node) -> Node {
    switch node {
    case .scalar(var scalar):
      let isText = scalar.style == .doubleQuoted
      let isPlain = Node(scalar.string).tag == Tag(.str) && !scalar.string.isEmpty
      scalar.style = isText && !isPlain ? .doubleQuoted : .any
      return .scalar(scalar)
    case .mapping(let mapping):
      return .mapping(.init(mapping.map { ($0.key, block($0.value)) }, .implicit, .block))
    case .sequence(let sequence):
      return .sequence(.init(sequence.map(block), .implicit, .block))
    case .alias: return node
    }
  }
}
