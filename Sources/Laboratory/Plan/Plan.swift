import Foundation

/// All artifacts of a suite, each after the artifacts it needs.
///
/// A key hashes the keys of its inputs, so a cycle would be a fixed point of SHA-256; the type needs
/// no check for one.
package struct Plan: Hashable, Sendable {
  /// The suite's name; a file name of the store.
  package let suite: String
  /// Which part of the suite this is, in words, where it goes on when this part is done; `nil` for all of it.
  package let part: String?
  /// Where the suite lies; `nil` where that is not known.
  package let source: PlanSource?
  /// The artifacts in topological order; the given order where that is one.
  package let artifacts: [Artifact]
  /// The position of each key in `artifacts`.
  package let positions: [Key: Int]
  /// The positions of each walk's artifacts, in the walk's order; walks in the order of their first artifact.
  let walks: [[Int]]
  /// The walk of each artifact: an index of `walks`.
  let walkIndices: [Int]

  /// Sorts artifacts, merging those with equal keys (the first one's label stays; all files that one of them
  /// keeps are kept).
  ///
  /// - Throws: `LaboratoryError.missingInputs` with all inputs that no artifact of the plan makes,
  ///   `LaboratoryError.unsuitableName`, `.unsuitableRecipe` and `.unevenWalk`.
  package init(
    suite: String, part: String? = nil, source: PlanSource? = nil, artifacts given: [Artifact]
  )
    throws
  {
    try Plan.check(name: suite, use: "suite")
    let (merged, places) = try Plan.merge(given)
    var order: [Int] = []
    order.reserveCapacity(merged.count)
    var isPlaced = [Bool](repeating: false, count: merged.count)
    for start in merged.indices {
      var stack = [start]
      while let place = stack.last {
        let waiting = merged[place].inputs.compactMap { role, key in
          places[key].flatMap { isPlaced[$0] ? nil : (role: role, place: $0) }
        }
        if waiting.isEmpty {
          if !isPlaced[place] {
            isPlaced[place] = true
            order.append(place)
          }
          stack.removeLast()
        } else {
          stack += waiting.sorted { $0.role > $1.role }.map(\.place)
        }
      }
    }
    self.suite = suite
    self.part = part
    self.source = source
    if order.elementsEqual(merged.indices) {
      artifacts = merged
      positions = places
    } else {
      artifacts = order.map { merged[$0] }
      positions = Dictionary(
        uniqueKeysWithValues: artifacts.enumerated().map { ($0.element.key, $0.offset) })
    }
    (walks, walkIndices) = try Plan.walks(of: artifacts)
  }

  /// Merges artifacts of equal keys, and checks that all inputs are there.
  private static func merge(_ given: [Artifact]) throws -> ([Artifact], places: [Key: Int]) {
    var merged: [Artifact] = []
    var places: [Key: Int] = [:]
    var kinds: Set<String> = []
    merged.reserveCapacity(given.count)
    places.reserveCapacity(given.count)
    for artifact in given {
      if let place = places[artifact.key] {
        if !artifact.keeps.isEmpty { merged[place] = merged[place].keeping(artifact.keeps) }
        continue
      }
      if kinds.insert(artifact.kind).inserted {
        try Plan.check(name: artifact.kind, use: "artifact kind")
      }
      guard String(validating: artifact.recipe, as: UTF8.self) != nil else {
        throw LaboratoryError.unsuitableRecipe(label: artifact.label)
      }
      places[artifact.key] = merged.count
      merged.append(artifact)
    }
    var missing: [MissingInput] = []
    for artifact in given where artifact.inputs.values.contains(where: { places[$0] == nil }) {
      missing += artifact.inputs.filter { places[$0.value] == nil }.sorted { $0.key < $1.key }
        .map { MissingInput(label: artifact.label, role: $0.key, key: $0.value) }
    }
    guard missing.isEmpty else { throw LaboratoryError.missingInputs(missing) }
    return (merged, places)
  }

  private static func walks(of artifacts: [Artifact]) throws -> ([[Int]], indices: [Int]) {
    var walks: [[Int]] = []
    var known: [Key: Int] = [:]
    walks.reserveCapacity(artifacts.count)
    let indices = try artifacts.enumerated().map { position, artifact in
      guard let id = artifact.walk?.id, let walk = known[id] else {
        if let id = artifact.walk?.id { known[id] = walks.count }
        walks.append([position])
        return walks.count - 1
      }
      let first = artifacts[walks[walk][0]]
      guard first.inputs == artifact.inputs else {
        throw LaboratoryError.unevenWalk(labels: [first.label, artifact.label])
      }
      walks[walk].append(position)
      return walk
    }
    func place(_ position: Int) -> (Int, Int) {
      (artifacts[position].walk?.position ?? 0, position)
    }
    for walk in walks.indices where walks[walk].count > 1 {
      walks[walk].sort { place($0) < place($1) }
    }
    return (walks, indices)
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
  private enum CodingKeys: String, CodingKey { case suite, part, source, artifacts }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      suite: container.decode(String.self, forKey: .suite),
      part: container.decodeIfPresent(String.self, forKey: .part),
      source: container.decodeIfPresent(PlanSource.self, forKey: .source),
      artifacts: container.decode([Artifact].self, forKey: .artifacts))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(suite, forKey: .suite)
    try container.encodeIfPresent(part, forKey: .part)
    try container.encodeIfPresent(source, forKey: .source)
    try container.encode(artifacts, forKey: .artifacts)
  }
}
