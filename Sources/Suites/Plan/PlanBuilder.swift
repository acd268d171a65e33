import Foundation
import Laboratory
import Recipes

/// Collects artifacts, each once; a class, since the parts of an expansion share it and must not copy it.
final class PlanBuilder {
  private(set) var artifacts: [Artifact] = []
  private var known: Set<Key> = []
  private var described: [AnyHashable: Description] = [:]

  /// What an artifact is told of its recipe. Most artifacts of a large suite differ from others in what they
  /// need alone.
  private struct Description {
    let recipe: Data
    let cost: Double
    let memory: Int
    let family: String?

    init(_ work: some Work) throws {
      recipe = try work.canonicalData()
      cost = work.cost
      memory = work.peak
      family = try work.command.map {
        String(decoding: try CanonicalJSON.encode($0), as: UTF8.self)
      }
    }
  }

  /// Adds the artifact of `work` unless it is there, whatever its label; its inputs come before.
  func add<Kind: Work>(
    _ work: Kind, inputs: [String: Key] = [:], label: String
  ) throws -> Key {
    let reads = work.reads
    precondition(
      reads.allSatisfy { $0.isOptional || inputs[$0.role] != nil }
        && inputs.keys.allSatisfy { role in reads.contains { $0.role == role } },
      "\(label): \(inputs.keys.sorted()) are not what is read of others")
    let description = try described[work] ?? Description(work)
    described[work] = description
    let artifact = Artifact(
      kind: Kind.kind, schema: Kind.schema, recipe: description.recipe, inputs: inputs,
      label: label, cost: description.cost, memory: description.memory,
      family: description.family)
    if known.insert(artifact.key).inserted { artifacts.append(artifact) }
    return artifact.key
  }
}
