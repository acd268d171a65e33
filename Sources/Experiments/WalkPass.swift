import Datasets
import Foundation
package import Laboratory
import Networks
package import Recipes
import Tensors
import Training

extension WalkPart where Self: Act {
  /// Makes all that is missing of a walk in one pass, from the latest point that it can go on from, and publishes
  /// each artifact as soon as its step is done; what is there already and lies on the way is compared.
  package func carryOut(_ bench: Workbench, _ assignment: Assignment) throws {
    if let program = walk.problem.network.program {
      return try ProgramPass(walk, assignment, of: bench.session(of: program)).carryOut(bench)
    }
    var clock = Stopwatch()
    let pass = try WalkPass(
      walk, assignment, on: bench.dataset(walk.problem.dataset, for: assignment))
    let keeper = CheckpointKeeper(
      assignment, every: bench.checkpointInterval, optimizer: walk.training.optimizer)
    var state = try pass.latest(keeper) ?? pass.beginning()
    let first = state.iteration
    func stop(at state: TrainingState) throws {
      for stop in pass.stops(at: state.iteration) where !stop.isPresent || state.iteration > first {
        try pass.settle(stop, state) { try bench.provenance(of: clock.lap()) }
      }
    }
    try stop(at: state)
    let ending = try pass.training.run(&state, to: pass.last) { state in
      try pass.observe(&state)
      try stop(at: state)
      if walk.isExact { try keeper.saveIfDue(state) }
      assignment.report(Double(state.iteration - first) / Double(pass.last - first))
    }
    guard case .diverged(let iteration) = ending else { return }
    for stop in pass.stops(after: iteration) {
      try pass.settle(stop, state, diverged: .own(iteration: iteration)) {
        try bench.provenance(of: clock.lap())
      }
    }
  }
}

extension StateRecipe: Act {}
extension TraceRecipe: Act {}

/// A pass over a walk and what it stops for.
private struct WalkPass {
  let training: Training
  private let recipe: WalkRecipe
  private let assignment: Assignment
  private let mask: Mask?
  /// Weights before the first step, not yet under the mask.
  private let start: Weights
  private let startDigests: [String]
  private let stops: [WalkStop]

  init(_ recipe: WalkRecipe, _ assignment: Assignment, on dataset: Dataset) throws {
    let network = Network(recipe.problem)
    self.recipe = recipe
    self.assignment = assignment
    mask = try assignment.givenMask(in: InputRole.mask, for: network)
    training = try Training(
      network: network, dataset: dataset, specification: recipe.training, order: recipe.order,
      mask: mask, scheduleOffset: recipe.scheduleOffset, precision: recipe.precision,
      device: recipe.device.device)
    start = try assignment.weights(from: recipe.start, for: network)
    startDigests = try start.prunableDigests
    stops = try WalkStop.all(of: assignment, on: recipe)
  }

  private var missing: [WalkStop] { stops.missing }

  /// The last step that anything missing needs.
  var last: Int { stops.last(from: recipe.firstStep) }

  func stops(at step: Int) -> [WalkStop] { stops.filter { $0.step == step } }

  func stops(after step: Int) -> [WalkStop] { stops.filter { step < $0.step && $0.step <= last } }

  // MARK: Where the pass begins

  func beginning() throws -> TrainingState {
    var state = try training.begin(with: start, at: recipe.firstStep)
    for stop in missing where stop.trace != nil { state.traces[stop.name] = TraceResult() }
    return state
  }

  /// The checkpoint or the state in the store that the pass can go on from, the later one; `nil` where it must begin at
  /// the beginning.
  func latest(_ keeper: CheckpointKeeper) throws -> TrainingState? {
    guard recipe.isExact, let first = missing.map(\.step).min() else { return nil }
    let traces = missing.filter { $0.trace != nil }.map(\.name)
    var found = try keeper.resumed(
      training.network.tensors, of: "\(training.network.specification)")
    if let state = found {
      let usable = recipe.firstStep...max(recipe.firstStep, first)
      if usable.contains(state.iteration), traces.allSatisfy({ state.traces[$0] != nil }) {
        // Traces that are no longer asked for are not seen further.
        found?.traces = state.traces.filter { traces.contains($0.key) }
      } else {
        found = nil
      }
    }
    let after = found?.iteration ?? recipe.firstStep
    // What a trace has seen before a stored state is not known.
    guard traces.isEmpty else { return found }
    for stop in stops.sorted(by: { $0.step > $1.step })
    where stop.isPresent && after < stop.step && stop.step <= first {
      if let stored = try state(storedIn: stop) { return stored }
    }
    return found
  }

  /// The state in the store; `nil` where it is a trace, or files to go on from are not kept.
  private func state(storedIn stop: WalkStop) throws -> TrainingState? {
    let (store, key, network) = (assignment.store, stop.artifact.key, training.network)
    let files = try store.record(of: key).files
    func file(_ name: String) throws -> URL? {
      files[name] == nil ? nil : URL(fileURLWithPath: try store.verifiedFile(name, of: key))
    }
    guard stop.trace == nil, let weights = try file(ArtifactFile.weights(after: stop.step))
    else { return nil }
    let moments = try file(ArtifactFile.moments)
    guard moments != nil || recipe.training.optimizer.momentsPerWeight == 0 else { return nil }
    return TrainingState(
      weights: try Weights(readingFrom: weights, for: network),
      optimizer: try Optimizer(
        recipe.training.optimizer, steps: stop.step - recipe.firstStep, of: network,
        readingFrom: moments),
      iteration: stop.step)
  }

  // MARK: On the way

  func observe(_ state: inout TrainingState) throws {
    for stop in stops {
      guard let recipe = stop.trace, var trace = state.traces[stop.name] else { continue }
      try training.observe(state, for: recipe, adding: &trace)
      state.traces[stop.name] = trace
    }
  }

  /// Publishes what is missing, and compares what is there.
  func settle(
    _ stop: WalkStop, _ state: TrainingState, diverged: Divergence? = nil,
    provenance: () throws -> Data
  ) throws {
    let result: Data
    var withheld: Set<String> = []
    if stop.trace != nil {
      guard var trace = state.traces[stop.name] else { return }
      trace.diverged = diverged
      result = try CanonicalJSON.encode(trace)
    } else {
      result = try CanonicalJSON.encode(
        outcome(of: state, diverged: diverged, for: stop.isPresent ? nil : stop.artifact))
      // Whoever asks for them later is told, too.
      if diverged != nil { withheld = recipe.files(ofStateAfter: stop.step) }
    }
    if stop.isPresent { return try assignment.audit(stop.artifact, result: result) }
    try assignment.publish(
      stop.artifact,
      WorkOutcome(result: result, provenance: provenance(), withholds: withheld))
  }

  /// What the state does, with its files where an artifact takes them.
  private func outcome(of state: TrainingState, diverged: Divergence?, for artifact: Artifact?)
    throws -> StateResult
  {
    let network = training.network
    let outcome: Outcome<StateResult.Found>
    if let diverged {
      outcome = .diverged(diverged)
    } else {
      let test = try network.examine(
        state.weights, on: .test, of: training.dataset, in: recipe.precision)
      if let artifact { try write(state, test, of: artifact) }
      outcome = .found(
        StateResult.Found(
          test: test.evaluation, predicted: test.predicted,
          change: try StateResult.Change(
            from: start, to: state.weights, under: mask ?? Mask(keepingAllOf: network))))
    }
    return StateResult(
      outcome: outcome, steps: state.iteration - recipe.firstStep,
      prunedWeightsAtZero: try mask.map { try state.weights.prunedAtZero(under: $0) } ?? 0,
      prunedWeights: mask.map { $0.layers.reduce(0) { $0 + $1.kept.count } - $0.keptCount } ?? 0,
      start: startDigests)
  }

  private func write(_ state: TrainingState, _ test: Examination, of artifact: Artifact) throws {
    func url(_ name: String) -> URL {
      URL(fileURLWithPath: assignment.path(ofOutput: name, of: artifact))
    }
    let bits = test.rightBits
    try Safetensors.write(
      [("test", Tensor(bits, shape: [bits.count]))], to: url(ArtifactFile.right))
    let weights = ArtifactFile.weights(after: state.iteration)
    if artifact.keeps.contains(weights) { try state.weights.write(to: url(weights)) }
    if artifact.keeps.contains(ArtifactFile.moments) {
      try state.optimizer.write(to: url(ArtifactFile.moments))
    }
  }
}

extension Weights {
  /// Pruned weights that are exactly zero, the sign of zero included.
  func prunedAtZero(under mask: Mask) throws -> Int {
    var zeros = 0
    for layer in mask.layers {
      let index = specifications.firstIndex { $0.name == layer.name }!
      let values = try tensors[index].elements(of: Float.self)
      zeros += zip(values, layer.kept).count { $1 == 0 && $0.bitPattern == 0 }
    }
    return zeros
  }
}
