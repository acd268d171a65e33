import Laboratory
import Recipes

/// Collects artifacts, each once; a class, since the parts of an expansion share it and must not copy it.
final class PlanBuilder {
  private(set) var artifacts: [Artifact] = []
  private var known: Set<Key> = []

  /// Adds the artifact of `recipe` unless it is there, whatever its label; its inputs come before.
  func add(
    _ recipe: Recipe, inputs: [String: Key] = [:], label: String, cost: Double
  ) throws -> Key {
    let artifact = Artifact(
      kind: recipe.kind, schema: recipe.schema, recipe: try recipe.canonicalData(), inputs: inputs,
      label: label, cost: cost, memory: MemoryModel.peak(of: recipe),
      family: try recipe.command.map {
        String(decoding: try CanonicalJSON.encode($0), as: UTF8.self)
      })
    if known.insert(artifact.key).inserted { artifacts.append(artifact) }
    return artifact.key
  }
}
