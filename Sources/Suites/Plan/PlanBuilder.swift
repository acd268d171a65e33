package import Laboratory
package import Recipes

/// Collects artifacts, each once.
package struct PlanBuilder {
  /// Each after those it needs.
  package private(set) var artifacts: [Artifact] = []
  private var places: [Key: Int] = [:]
  private var described: [AnyHashable: DescribedWork] = [:]
  /// The states of each walk by ascending step, and where they stand.
  private var states: [Key: [(step: Int, place: Int)]] = [:]
  /// Files that a state keeps as soon as somebody reads its weights, by where it stands.
  private var files: [Int: Set<String>] = [:]

  /// Nothing yet.
  package init() {}

  /// Adds the artifact of `work` unless it is there, whatever its label; its inputs come before. States whose weights
  /// it reads keep them, and images that it reads are decoded first.
  package mutating func add(
    _ work: some Work, inputs: [String: Key] = [:], label: String
  ) throws -> Key {
    try add(described(work), inputs: inputs, label: label)
  }

  /// Most artifacts of a large suite differ from others in what they need alone.
  private mutating func described(_ work: some Work) throws -> DescribedWork {
    let name = AnyHashable(work)
    if let known = described[name] { return known }
    let description = try DescribedWork(work)
    described[name] = description
    return description
  }

  /// Adds an artifact of work that is described already.
  mutating func add(
    _ work: DescribedWork, inputs: [String: Key], label: String, walk: Walk? = nil
  ) throws -> Key {
    precondition(
      work.reads.allSatisfy { $0.isOptional || inputs[$0.role] != nil }
        && inputs.keys.allSatisfy { role in work.reads.contains { $0.role == role } },
      "\(label): \(inputs.keys.sorted()) are not what is read of others")
    var inputs = inputs
    if let images = work.images {
      inputs[InputRole.images] = try add(images, label: "decoded images")
    }
    for reading in work.reads where !reading.files.isEmpty {
      guard let place = inputs[reading.role].flatMap({ places[$0] }), let files = files[place]
      else { continue }
      artifacts[place].keeps.formUnion(files)
    }
    let artifact = Artifact(
      work.form, inputs: inputs, label: label, cost: work.cost, walk: walk)
    if places[artifact.key] == nil {
      places[artifact.key] = artifacts.count
      artifacts.append(artifact)
    }
    return artifact.key
  }

  /// Adds the state of `walk` after `step` steps unless it is there.
  ///
  /// It costs its evaluation and the steps since the state before; the state after it costs as much less.
  mutating func addState(of walk: PlannedWalk, after step: Int) throws -> Key {
    var states = states[walk.id] ?? []
    let index = states.firstIndex { $0.step >= step } ?? states.count
    if index < states.count, states[index].step == step {
      return artifacts[states[index].place].key
    }
    let key = try add(
      try walk.form.state(after: step), inputs: walk.inputs,
      label: "training \(walk.words)" + (step == walk.end ? "" : " · to \(step)it"),
      walk: Walk(id: walk.id, position: step))
    let (place, first) = (artifacts.count - 1, walk.recipe.firstStep)
    if index > 0 {
      artifacts[place].cost -= walk.recipe.cost(ofSteps: states[index - 1].step - first)
    }
    if index < states.count {
      let before = index == 0 ? first : states[index - 1].step
      artifacts[states[index].place].cost -= walk.recipe.cost(ofSteps: step - before)
    }
    states.insert((step, place), at: index)
    self.states[walk.id] = states
    files[place] = walk.recipe.files(ofStateAfter: step)
    // What an engine that is not exact does not keep, it cannot make again.
    if !walk.recipe.isExact { artifacts[place].keeps = files[place] ?? [] }
    return key
  }
}
