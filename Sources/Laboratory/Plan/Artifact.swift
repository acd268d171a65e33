import Digests
package import Foundation

/// A piece of work and its outcome: a recipe plus the artifacts it needs.
///
/// The key covers kind, schema, recipe and inputs. All else is for people and for the order of work, so that
/// renaming an arm of a suite, or reading one more file of an artifact, makes no other artifact.
package struct Artifact: Hashable, Sendable {
  /// What sort of work this is, such as `mask` or `training`; a folder name of the store.
  package let kind: String
  /// The version of the kind's recipe and code; raised when the same recipe gives other bits.
  package let schema: Int
  /// The recipe as canonical JSON in UTF-8; opaque to the laboratory.
  package let recipe: Data
  /// The artifacts this one reads, by the role they play.
  package let inputs: [String: Key]
  /// A name for people.
  package let label: String
  /// Estimated seconds of work on one core; of a walk, what this artifact adds to it.
  package var cost: Double
  /// Estimated bytes that a worker holds at most while it makes it; 0 where nothing is known.
  package let memory: Int
  /// What it shares with others that would fail for the same reason, such as a user's command: until one
  /// of them has succeeded, they are tried one at a time. Nil for what stands alone.
  package let family: String?
  /// The walk that makes it, among others; nil for what is made alone.
  package let walk: Walk?
  /// The names of its files that others in the plan read. Without one of them it is made again.
  package var keeps: Set<String>
  /// SHA-256 over kind, schema, recipe and inputs.
  package let key: Key

  /// Describes an artifact and computes its key.
  package init(
    kind: String, schema: Int, recipe: Data, inputs: [String: Key] = [:], label: String,
    cost: Double = 1, memory: Int = 0, family: String? = nil, walk: Walk? = nil,
    keeps: Set<String> = []
  ) {
    self.kind = kind
    self.schema = schema
    self.recipe = recipe
    self.inputs = inputs
    self.label = label
    self.cost = cost
    self.memory = memory
    self.family = family
    self.walk = walk
    self.keeps = keeps
    key = Artifact.key(kind: kind, schema: schema, recipe: recipe, inputs: inputs)
  }

  /// What claims and checkpoints are of: its walk, or itself where it is made alone.
  package var walkID: Key { walk?.id ?? key }

  /// The same artifact, of which more files are read.
  package func keeping(_ names: Set<String>) -> Artifact {
    var artifact = self
    artifact.keeps.formUnion(names)
    return artifact
  }

  static func key(kind: String, schema: Int, recipe: Data, inputs: [String: Key]) -> Key {
    Key(
      of: [
        Data("espalier artifact".utf8), Data(kind.utf8), Data(String(schema).utf8), recipe,
      ], inputs: inputs)
  }
}

extension Key {
  /// The key of these parts: the SHA-256 of all of them, each preceded by its length.
  ///
  /// Lengths are eight bytes, most significant first, so that no two lists of parts give the same
  /// bytes. Inputs come in the order of their roles' UTF-8 bytes.
  init(of parts: [Data], inputs: [String: Key]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(256) { $0 + $1.count })
    func append(_ part: some Collection<UInt8>) {
      withUnsafeBytes(of: UInt64(part.count).bigEndian) { bytes += $0 }
      bytes += part
    }
    for part in parts { append(part) }
    for (role, key) in inputs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      append(role.utf8)
      append(key.description.utf8)
    }
    self.init(Digest.sha256(of: bytes))
  }
}

extension Artifact: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, schema, recipe, inputs, label, cost, memory, family, walk, keeps
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      kind: try container.decode(String.self, forKey: .kind),
      schema: try container.decode(Int.self, forKey: .schema),
      recipe: Data(try container.decode(String.self, forKey: .recipe).utf8),
      inputs: try container.decode([String: Key].self, forKey: .inputs),
      label: try container.decode(String.self, forKey: .label),
      cost: try container.decode(Double.self, forKey: .cost),
      memory: try container.decodeIfPresent(Int.self, forKey: .memory) ?? 0,
      family: try container.decodeIfPresent(String.self, forKey: .family),
      walk: try container.decodeIfPresent(Walk.self, forKey: .walk),
      keeps: try container.decodeIfPresent(Set<String>.self, forKey: .keeps) ?? [])
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(schema, forKey: .schema)
    // A string, not nested JSON: decoding and encoding again must not touch a byte of the recipe.
    try container.encode(String(decoding: recipe, as: UTF8.self), forKey: .recipe)
    try container.encode(inputs, forKey: .inputs)
    try container.encode(label, forKey: .label)
    try container.encode(cost, forKey: .cost)
    try container.encode(memory, forKey: .memory)
    try container.encodeIfPresent(family, forKey: .family)
    try container.encodeIfPresent(walk, forKey: .walk)
    // In order, so that equal plans are equal bytes.
    if !keeps.isEmpty { try container.encode(keeps.sorted(), forKey: .keeps) }
  }
}
