import Laboratory
import Recipes

/// Collects artifacts, each once.
struct PlanBuilder {
  private(set) var artifacts: [Artifact] = []
  private var places: [Key: Int] = [:]
  /// The states of each walk by ascending step, and where they stand.
  private var states: [Key: [(step: Int, place: Int)]] = [:]

  /// Adds the artifact of `recipe` unless it is there, whatever its label; its inputs come before.
  mutating func add(
    _ recipe: Recipe, inputs: [String: Key] = [:], label: String, cost: Double, walk: Walk? = nil
  ) throws -> Key {
    let artifact = Artifact(
      kind: recipe.kind, schema: recipe.schema, recipe: try recipe.canonicalData(), inputs: inputs,
      label: label, cost: cost,
      family: try recipe.command.map {
        String(decoding: try CanonicalJSON.encode($0), as: UTF8.self)
      }, walk: walk)
    if places[artifact.key] == nil {
      places[artifact.key] = artifacts.count
      artifacts.append(artifact)
    }
    return artifact.key
  }

  /// Adds the state of `walk` after `step` steps unless it is there, with files that somebody reads.
  ///
  /// It costs its evaluation and the steps since the state before; the state after it costs as much less.
  mutating func addState(of walk: PlannedWalk, after step: Int, keeping files: Set<String>) throws
    -> Key
  {
    var states = states[walk.id] ?? []
    let index = states.firstIndex { $0.step >= step } ?? states.count
    if index == states.count || states[index].step > step {
      let before = index == 0 ? walk.recipe.firstStep : states[index - 1].step
      let steps = walk.costs.steps(step - before, of: walk.recipe.training)
      let key = try add(
        .state(StateRecipe(walk: walk.recipe, step: step)), inputs: walk.inputs,
        label: "training \(walk.words)" + (step == walk.end ? "" : " · to \(step)it"),
        cost: steps + walk.costs.test, walk: Walk(id: walk.id, position: step))
      if index < states.count { artifacts[states[index].place].cost -= steps }
      states.insert((step, places[key]!), at: index)
      self.states[walk.id] = states
    }
    artifacts[states[index].place].keeps.formUnion(files)
    return artifacts[states[index].place].key
  }
}
