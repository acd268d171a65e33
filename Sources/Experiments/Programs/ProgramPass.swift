import Engines
import Foundation
import Laboratory
import Networks
import Recipes
import Tensors
import Training

/// A pass over a walk that a user's program takes, from one thing that is looked at to the next; what the program
/// gives back is audited each time.
struct ProgramPass {
  private let session: EngineSession
  private let recipe: WalkRecipe
  private let assignment: Assignment
  private let network: Network
  private let mask: Mask?
  private let scratch: URL
  /// The file of the mask as the program reads it; `nil` without one.
  private let maskFile: URL?
  /// The file of the weights before the first step, not yet under the mask, and what is in it.
  private let startFile: URL
  private let start: Weights
  private let startDigests: [String]
  private let stops: [WalkStop]
  private let order: ProgramOrder

  /// What there is of `assignment`, a walk of `recipe`, before the program does anything but draw the start.
  init(_ recipe: WalkRecipe, _ assignment: Assignment, of session: EngineSession) throws {
    (self.recipe, self.assignment, self.session) = (recipe, assignment, session)
    network = Network(recipe.problem)
    scratch = try assignment.scratch()
    mask = try assignment.givenMask(in: InputRole.mask, for: network)
    maskFile =
      mask == nil ? nil : try assignment.file(ArtifactFile.mask, of: InputRole.mask)
    startFile = try session.weightsFile(of: recipe.start, assignment, in: scratch)
    start = try session.weights(in: startFile, of: network, "at step \(recipe.firstStep)")
    startDigests = try start.prunableDigests
    stops = try WalkStop.all(of: assignment, on: recipe)
    order = ProgramOrder(of: recipe)
  }

  /// Makes all that is missing, and publishes each artifact as soon as its step is done; what is there already and
  /// lies on the way is compared.
  func carryOut(_ bench: Workbench) throws {
    var clock = Stopwatch()
    let keeper = ProgramKeeper(assignment, every: bench.checkpointInterval)
    func provenance() throws -> Data {
      try bench.provenance(of: clock.lap(), by: session.specification.description)
    }
    var state = try latest(keeper) ?? beginning()
    let (first, last) = (state.step, stops.last(from: recipe.firstStep))
    func settleStops(at state: ProgramState) throws {
      for stop in stops
      where stop.step == state.step && (!stop.isPresent || state.step > first) {
        try settle(stop, state, provenance)
      }
    }
    try settleStops(at: state)
    while state.step < last {
      let next = nextLook(after: state.step, before: last)
      let begun = state.step
      let ending = try advance(state, to: next) { done in
        let step = Double(begun) + done * Double(next - begun)
        assignment.report((step - Double(first)) / Double(last - first))
      }
      guard case .state(let reached) = ending else {
        guard case .diverged(let iteration) = ending else { return }
        for stop in stops where iteration < stop.step && stop.step <= last {
          try settle(stop, state, diverged: .own(iteration: iteration), provenance)
        }
        return
      }
      state = reached
      try observe(&state)
      try settleStops(at: state)
      if recipe.isExact { try keeper.saveIfDue(state) }
    }
  }

  // MARK: Where the pass begins

  private func beginning() throws -> ProgramState {
    var state = ProgramState(step: recipe.firstStep, weights: startFile, memory: nil)
    for stop in stops.missing where stop.trace != nil { state.traces[stop.name] = TraceResult() }
    return state
  }

  /// The checkpoint or the state in the store that the pass can go on from, the later one; `nil` where it must begin at
  /// the beginning.
  private func latest(_ keeper: ProgramKeeper) throws -> ProgramState? {
    guard recipe.isExact, let first = stops.missing.map(\.step).min() else { return nil }
    let traces = stops.missing.filter { $0.trace != nil }.map(\.name)
    let usable = recipe.firstStep...max(recipe.firstStep, first)
    var found = try keeper.resumed(in: scratch)
    if let state = found {
      let isUsable =
        usable.contains(state.step) && traces.allSatisfy { state.traces[$0] != nil }
      found?.traces = state.traces.filter { traces.contains($0.key) }
      if !isUsable { found = nil }
    }
    // What a trace has seen before a stored state is not known.
    guard traces.isEmpty else { return found }
    let after = found?.step ?? recipe.firstStep
    for stop in stops.sorted(by: { $0.step > $1.step })
    where stop.isPresent && stop.trace == nil && after < stop.step && stop.step <= first {
      let (store, key) = (assignment.store, stop.artifact.key)
      let files = try store.record(of: key).files
      func file(_ name: String) throws -> URL? {
        files[name] == nil ? nil : URL(fileURLWithPath: try store.verifiedFile(name, of: key))
      }
      if let weights = try file(ArtifactFile.weights(after: stop.step)),
        let memory = try file(ArtifactFile.memory)
      {
        return ProgramState(step: stop.step, weights: weights, memory: memory.holdingAnything)
      }
    }
    return found
  }

  // MARK: On the way

  /// The next step at which something is looked at.
  private func nextLook(after step: Int, before last: Int) -> Int {
    stops.reduce(last) { next, stop in
      var next = stop.step > step ? min(next, stop.step) : next
      if let trace = stop.trace, step < trace.end {
        next = min(next, (step / trace.every + 1) * trace.every, trace.end)
      }
      return next
    }
  }

  /// How steps went.
  private enum Ending {
    case state(ProgramState)
    case diverged(iteration: Int)
  }

  /// Has the program train up to step `next`, and audits what it gives back.
  private func advance(_ state: ProgramState, to next: Int, progress: (Double) -> Void) throws
    -> Ending
  {
    let folder = try scratch.appendingPathComponent("to-\(next)").madeAnew()
    let orderFile = folder.appendingPathComponent("order.safetensors")
    try order.write(steps: state.step..<next, to: orderFile)
    let answer = try session.ask(
      Train(
        weights: state.weights.path, state: state.memory?.path, mask: maskFile?.path,
        from: state.step, to: next, duration: recipe.scheduleEnd,
        scheduleOffset: recipe.scheduleOffset,
        order: orderFile.path, seed: recipe.order.seedOfProgram, keep: [next],
        folder: folder.path), progress: progress)
    if let diverged = answer.diverged {
      guard state.step < diverged, diverged <= next else {
        throw session.failure(
          "tells that step \(diverged) diverged, and was asked for those after \(state.step) up to \(next)"
        )
      }
      return .diverged(iteration: diverged - 1)
    }
    let reached = ProgramState(
      step: next, weights: folder.appendingPathComponent(Train.weights(after: next)),
      memory: folder.appendingPathComponent(Train.state(after: next)).holdingAnything,
      traces: state.traces)
    let occasion = "after step \(next)"
    let weights = try session.weights(in: reached.weights, of: network, occasion)
    if let mask {
      _ = try session.requirePruned(weights, by: mask, occasion, of: assignment.artifact.label)
    }
    let before = try Weights(readingFrom: state.weights, for: network)
    try session.requireMoved(
      weights, from: mask.map { try before.masked(by: $0) } ?? before, steps: next - state.step,
      occasion)
    if state.weights.path.hasPrefix(scratch.path + "/to-") {
      try? FileManager.default.removeItem(at: state.weights.deletingLastPathComponent())
    }
    return .state(reached)
  }

  private func observe(_ state: inout ProgramState) throws {
    for stop in stops {
      guard let trace = stop.trace, var seen = state.traces[stop.name], trace.looks(at: state.step)
      else { continue }
      let weights = state.weights
      func evaluation(on split: Split) throws -> Evaluation {
        try session.evaluate(weights, under: maskFile, on: split, in: scratch).evaluation
      }
      try seen.append(
        evaluation(on: .validation), after: state.step,
        test: trace.splits.contains(.test) ? { try evaluation(on: .test) } : nil)
      state.traces[stop.name] = seen
    }
  }

  // MARK: What is published

  /// Publishes what is missing, and compares what is there.
  private func settle(
    _ stop: WalkStop, _ state: ProgramState, diverged: Divergence? = nil,
    _ provenance: () throws -> Data
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
      if diverged != nil { withheld = recipe.files(ofStateAfter: stop.step) }
    }
    if stop.isPresent { return try assignment.audit(stop.artifact, result: result) }
    try assignment.publish(
      stop.artifact,
      WorkOutcome(result: result, provenance: provenance(), withholds: withheld))
  }

  private func outcome(of state: ProgramState, diverged: Divergence?, for artifact: Artifact?)
    throws -> StateResult
  {
    let outcome: Outcome<StateResult.Found>
    let weights = try Weights(readingFrom: state.weights, for: network)
    // Before the first step nothing is masked yet but by the program, where it evaluates.
    let masked = try state.step == recipe.firstStep ? mask.map { try weights.masked(by: $0) } : nil
    if let diverged {
      outcome = .diverged(diverged)
    } else {
      let test = try session.evaluate(state.weights, under: maskFile, on: .test, in: scratch)
      if let artifact { try write(state, test, of: artifact) }
      outcome = .found(
        StateResult.Found(
          test: test.evaluation, predicted: test.predicted,
          change: try StateResult.Change(
            from: start, to: masked ?? weights, under: mask ?? Mask(keepingAllOf: network))))
    }
    return StateResult(
      outcome: outcome, steps: state.step - recipe.firstStep,
      prunedWeightsAtZero: try mask.map {
        try session.requirePruned(
          masked ?? weights, by: $0, "at step \(state.step)", of: assignment.artifact.label)
      } ?? 0,
      prunedWeights: mask.map { $0.layers.reduce(0) { $0 + $1.kept.count } - $0.keptCount } ?? 0,
      start: startDigests)
  }

  private func write(_ state: ProgramState, _ test: ProgramEvaluation, of artifact: Artifact) throws
  {
    func url(_ name: String) -> URL {
      URL(fileURLWithPath: assignment.path(ofOutput: name, of: artifact))
    }
    if let bits = test.right?.packedBits {
      try Safetensors.write(
        [("test", Tensor(bits, shape: [bits.count]))], to: url(ArtifactFile.right))
    }
    let weights = ArtifactFile.weights(after: state.step)
    if artifact.keeps.contains(weights) {
      // The program's own bytes: it goes on from what it wrote.
      try FileManager.default.copyItem(at: state.weights, to: url(weights))
    }
    if artifact.keeps.contains(ArtifactFile.memory) {
      let file = url(ArtifactFile.memory)
      guard let memory = state.memory else { return try Data().write(to: file) }
      try FileManager.default.copyItem(at: memory, to: file)
    }
  }
}

extension TraceRecipe {
  /// Whether it sees the state after `step` steps.
  fileprivate func looks(at step: Int) -> Bool {
    step <= end && (step == end || step % every == 0)
  }
}

extension EngineSession {
  /// The file of the weights that `source` names, which the program draws into `scratch` where they are a draw.
  func weightsFile(of source: WeightsSource, _ assignment: Assignment, in scratch: URL) throws
    -> URL
  {
    switch source {
    case .initialization(let recipe):
      let file = scratch.appendingPathComponent("start.safetensors")
      try initialize(recipe, into: file)
      return file
    case .checkpoint(let iteration):
      guard try assignment.divergence(of: [InputRole.weights]) == nil else {
        throw ExperimentError.diverged(role: InputRole.weights, label: assignment.artifact.label)
      }
      return try assignment.file(ArtifactFile.weights(after: iteration), of: InputRole.weights)
    }
  }
}
