import Experiments
import Foundation
import Recipes
import Testing

@testable import Laboratory

/// Whether a recipe is what its canonical encoding says, of the schema whose outcomes are known.
func comesBack<Kind: Work>(_ recipe: Kind) throws -> Bool {
  let schemas = [SegmentRecipe.kind: 1, CurvePointsRecipe.kind: 3]
  return try Kind.schema == schemas[Kind.kind] ?? 2
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

  /// Makes and publishes the artifact of `recipe`.
  func make<Kind: Act>(
    _ recipe: Kind, inputs: [String: Artifact] = [:], masks: [String: String] = [:]
  ) throws -> Artifact {
    let artifact = Artifact(
      kind: Kind.kind, schema: Kind.schema, recipe: try recipe.canonicalData(),
      inputs: inputs.mapValues(\.key), label: Kind.kind)
    var settings = WorkerSettings()
    settings.maskPaths = masks
    let workspace = try store.makeWorkspace(for: artifact.key)
    let assignment = Assignment(
      artifact: artifact, store: store, folder: workspace, report: { _ in })
    let outcome = try Workbench(settings: settings).make(assignment)
    try store.publish(artifact, outcome, from: workspace, holding: assignment.outputs.names)
    return artifact
  }

  func result<Result: Decodable>(_ artifact: Artifact) throws -> Result {
    try JSONDecoder().decode(Result.self, from: store.record(of: artifact.key).result)
  }

  /// What an artifact that may diverge found.
  func found<Found: Hashable & Sendable & Codable>(_ artifact: Artifact) throws -> Found {
    let outcome: Outcome<Found> = try result(artifact)
    return try #require(outcome.found)
  }

  /// SHA-256 of an artifact's file.
  func digest(_ artifact: Artifact, _ file: String) throws -> String {
    try Digest.sha256(ofFile: store.verifiedFile(file, of: artifact.key)).hexadecimal
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
