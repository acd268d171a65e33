package import Foundation

extension Artifact {
  /// What an artifact is, its inputs apart: most of a large plan's artifacts share it with many others.
  package final class Form: Sendable {
    /// What sort of work this is.
    package let kind: String
    /// The version of the kind's recipe and code.
    package let schema: Int
    /// The recipe as canonical JSON in UTF-8.
    package let recipe: Data
    /// Estimated bytes that a worker holds at most.
    package let memory: Int
    /// What others share that would fail for the same reason.
    package let family: String?
    let beginning: Key.Beginning

    /// Describes what artifacts share.
    package init(
      kind: String, schema: Int, recipe: Data, memory: Int = 0, family: String? = nil
    ) {
      self.kind = kind
      self.schema = schema
      self.recipe = recipe
      self.memory = memory
      self.family = family
      beginning = Key.Beginning([
        Data("espalier artifact".utf8), Data(kind.utf8), Data(String(schema).utf8), recipe,
      ])
    }
  }
}

extension Artifact.Form: Hashable {
  package static func == (left: Artifact.Form, right: Artifact.Form) -> Bool {
    left === right
      || left.kind == right.kind && left.schema == right.schema && left.recipe == right.recipe
        && left.memory == right.memory && left.family == right.family
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(recipe)
  }
}
