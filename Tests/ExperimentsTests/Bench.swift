import Experiments
import Foundation
import Recipes
import Testing

@testable import Laboratory

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
  func artifact(
    _ recipe: Recipe, inputs: [String: Artifact] = [:], keeps: Set<String>? = nil
  ) throws -> Artifact {
    let inputs = inputs.mapValues(\.key)
    var (walk, files): (Walk?, Set<String>) = (nil, [])
    func place(_ recipe: WalkRecipe, _ position: Int) throws {
      walk = Walk(
        id: Walk.id(recipe: try CanonicalJSON.encode(recipe), inputs: inputs), position: position)
    }
    switch recipe {
    case .state(let state):
      try place(state.walk, state.step)
      files = state.walk.files(ofStateAfter: state.step)
    case .trace(let trace): try place(trace.walk, trace.end)
    default: break
    }
    return Artifact(
      kind: recipe.kind, schema: recipe.schema, recipe: try recipe.canonicalData(), inputs: inputs,
      label: recipe.kind, walk: walk, keeps: keeps ?? files)
  }

  /// Makes and publishes the artifact of `recipe`.
  func make(
    _ recipe: Recipe, inputs: [String: Artifact] = [:], masks: [String: String] = [:]
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
