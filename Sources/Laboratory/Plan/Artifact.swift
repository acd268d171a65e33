package import Foundation

/// A piece of work and its outcome: a recipe plus the artifacts it needs.
///
/// The key covers kind, schema, recipe and inputs. All else is for people and for the order of work, so that
/// renaming an arm of a suite, or reading one more file of an artifact, makes no other artifact.
package struct Artifact: Hashable, Sendable {
  /// What it is, its inputs apart.
  package let form: Form
  /// The artifacts this one reads, by the role they play.
  package let inputs: [String: Key]
  /// A name for people.
  package let label: String
  /// Estimated seconds of work on one core; of a walk, what this artifact adds to it.
  package var cost: Double
  /// The walk that makes it, among others; nil for what is made alone.
  package let walk: Walk?
  /// The names of its files that others in the plan read. Without one of them it is made again.
  package var keeps: Set<String>
  /// SHA-256 over kind, schema, recipe and inputs.
  package let key: Key

  /// Describes an artifact and computes its key.
  package init(
    _ form: Form, inputs: [String: Key] = [:], label: String, cost: Double = 1,
    walk: Walk? = nil, keeps: Set<String> = []
  ) {
    self.form = form
    self.inputs = inputs
    self.label = label
    self.cost = cost
    self.walk = walk
    self.keeps = keeps
    key = form.beginning.key(inputs: inputs)
  }

  /// Describes an artifact that shares its form with no other.
  package init(
    kind: String, schema: Int, recipe: Data, inputs: [String: Key] = [:], label: String,
    cost: Double = 1, memory: Int = 0, family: String? = nil, walk: Walk? = nil,
    keeps: Set<String> = []
  ) {
    self.init(
      Form(kind: kind, schema: schema, recipe: recipe, memory: memory, family: family),
      inputs: inputs, label: label, cost: cost, walk: walk, keeps: keeps)
  }

  /// What sort of work this is, such as `mask` or `state`; a folder name of the store.
  package var kind: String { form.kind }
  /// The version of the kind's recipe and code; raised when the same recipe gives other bits.
  package var schema: Int { form.schema }
  /// The recipe as canonical JSON in UTF-8; opaque to the laboratory.
  package var recipe: Data { form.recipe }
  /// Estimated bytes that a worker holds at most while it makes it; 0 where nothing is known.
  package var memory: Int { form.memory }
  /// What it shares with others that would fail for the same reason, such as a user's command: until one
  /// of them has succeeded, they are tried one at a time. Nil for what stands alone.
  package var family: String? { form.family }

  /// What claims and checkpoints are of: its walk, or itself where it is made alone.
  package var walkID: Key { walk?.id ?? key }

  /// The same artifact, of which more files are read.
  package func keeping(_ names: Set<String>) -> Artifact {
    var artifact = self
    artifact.keeps.formUnion(names)
    return artifact
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
