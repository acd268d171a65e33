import Foundation

/// All artifacts of a suite, each after the artifacts it needs.
///
/// A key hashes the keys of its inputs, so a cycle would be a fixed point of SHA-256; the type needs
/// no check for one.
package struct Plan: Hashable, Sendable {
  /// The suite's name; a file name of the store.
  package let suite: String
  /// The artifacts in topological order; the given order where that is one.
  package let artifacts: [Artifact]
  /// The position of each key in `artifacts`.
  package let positions: [Key: Int]

  /// Sorts artifacts, merging those with equal keys (the first one's label stays).
  ///
  /// - Throws: `LaboratoryError.missingInputs` with all inputs that no artifact of the plan makes,
  ///   `LaboratoryError.unsuitableName` and `LaboratoryError.unsuitableRecipe`.
  package init(suite: String, artifacts given: [Artifact]) throws {
    try Plan.check(name: suite, use: "suite")
    var places: [Key: Int] = [:]
    places.reserveCapacity(given.count)
    for (place, artifact) in given.enumerated() where places[artifact.key] == nil {
      try Plan.check(name: artifact.kind, use: "artifact kind")
      guard String(validating: artifact.recipe, as: UTF8.self) != nil else {
        throw LaboratoryError.unsuitableRecipe(label: artifact.label)
      }
      places[artifact.key] = place
    }
    let missing = given.flatMap { artifact in
      artifact.inputs.filter { places[$0.value] == nil }.sorted { $0.key < $1.key }
        .map { MissingInput(label: artifact.label, role: $0.key, key: $0.value) }
    }
    guard missing.isEmpty else { throw LaboratoryError.missingInputs(missing) }

    var sorted: [Artifact] = []
    sorted.reserveCapacity(places.count)
    var positions: [Key: Int] = [:]
    positions.reserveCapacity(places.count)
    for artifact in given {
      var stack = [artifact.key]
      while let key = stack.last, let place = places[key] {
        let waiting = given[place].inputs.filter { positions[$0.value] == nil }
          .sorted { $0.key > $1.key }
        if waiting.isEmpty {
          if positions[key] == nil {
            positions[key] = sorted.count
            sorted.append(given[place])
          }
          stack.removeLast()
        } else {
          stack += waiting.map(\.value)
        }
      }
    }
    self.suite = suite
    self.artifacts = sorted
    self.positions = positions
  }

  /// The artifact with a key, if the plan has it.
  package subscript(key: Key) -> Artifact? { positions[key].map { artifacts[$0] } }

  /// Names become folder and file names, so only letters, digits, `.`, `_` and `-` may appear in
  /// them, and no dot at the front.
  static func check(name: String, use: String) throws {
    let allowed = name.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || [45, 46, 95].contains($0)
    }
    guard allowed, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 200 else {
      throw LaboratoryError.unsuitableName(name, use: use)
    }
  }
}

/// An input that no artifact of the plan makes.
package struct MissingInput: Hashable, Sendable, Codable {
  /// The artifact that needs it.
  package let label: String
  /// The role it plays there.
  package let role: String
  /// Its key.
  package let key: Key
}

extension Plan: Codable {
  private enum CodingKeys: String, CodingKey { case suite, artifacts }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      suite: container.decode(String.self, forKey: .suite),
      artifacts: container.decode([Artifact].self, forKey: .artifacts))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(suite, forKey: .suite)
    try container.encode(artifacts, forKey: .artifacts)
  }
}
