import Digests
import Experiments
import Foundation
import Recipes
import Testing

@testable import Laboratory

/// Whether a recipe is what its canonical encoding says, of the schema whose outcomes are known.
func comesBack<Kind: Work>(_ recipe: Kind, schema: Int) throws -> Bool {
  try Kind.schema == schema
    && JSONDecoder().decode(Kind.self, from: recipe.canonicalData()) == recipe
}

/// A store of its own and a workbench that fills it, in this process.
struct Bench {
  let store: Store
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID())")
    store = Store(root: folder.path)
    try store.prepare()
  }

  /// The artifact of `recipe`; a state keeps its weights unless files are named.
  func artifact<Kind: Work>(
    _ recipe: Kind, inputs: [String: Artifact] = [:], keeps: Set<String>? = nil
  ) throws -> Artifact {
    let inputs = inputs.mapValues(\.key)
    let walk = try (recipe as? any WalkPart).map { part in
      Walk(
        id: Walk.beginning(recipe: try CanonicalJSON.encode(part.walk)).key(inputs: inputs),
        position: part.position)
    }
    let files = (recipe as? StateRecipe).map { $0.walk.files(ofStateAfter: $0.step) } ?? []
    return Artifact(
      kind: Kind.kind, schema: Kind.schema, recipe: try recipe.canonicalData(), inputs: inputs,
      label: Kind.kind, walk: walk, keeps: keeps ?? files)
  }

  /// Makes and publishes the artifact of `recipe`.
  func make<Kind: Act>(
    _ recipe: Kind, inputs: [String: Artifact] = [:], masks: [String: String] = [:]
  ) throws -> Artifact {
    let artifact = try artifact(recipe, inputs: inputs)
    try make([artifact], masks: masks)
    return artifact
  }

  /// Makes and publishes what is missing of one walk.
  ///
  /// - Parameters:
  ///   - present: what the store has of it.
  ///   - interval: time between checkpoints; `nil` for none.
  ///   - tell: is told what is published.
  func make(
    _ missing: [Artifact], present: [Artifact] = [], masks: [String: String] = [:],
    checkpoints interval: Duration? = nil, tell: @escaping (WorkerReport) -> Void = { _ in }
  ) throws {
    var settings = WorkerSettings()
    settings.maskPaths = masks
    let workbench = try Workbench(settings: settings)
    workbench.checkpointInterval = interval ?? .seconds(1000)
    let assignment = try Assignment(missing, present: present, in: store, tell: tell)
    try workbench.make(assignment)
    try assignment.requireAll()
  }

  func result<Result: Decodable>(_ artifact: Artifact) throws -> Result {
    try JSONDecoder().decode(Result.self, from: store.record(of: artifact.key).result)
  }

  /// What an artifact that may diverge found.
  func found<Found: Hashable & Sendable & Codable>(_ artifact: Artifact) throws -> Found {
    let outcome: Outcome<Found> = try result(artifact)
    return try #require(outcome.found)
  }

  /// What a state does on the test split.
  func test(_ state: Artifact) throws -> Evaluation? {
    let result: StateResult = try result(state)
    return result.outcome.found?.test
  }

  /// SHA-256 of an artifact's file.
  func digest(_ artifact: Artifact, _ file: String) throws -> String {
    try Digest.sha256(ofFile: store.verifiedFile(file, of: artifact.key)).hexadecimal
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
