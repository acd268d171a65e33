import Foundation
import Randomness
import Recipes
import Tensors
import Testing

@testable import Laboratory

/// A state is what it is, whichever way it was reached.
@Suite(.serialized) struct WalkTests {
  /// What could remember something between two steps.
  enum Memory: String, CaseIterable {
    case plain, momentum, adam, batchNorm, augmentation, warmup, cosine, bfloat16, masked
  }

  private static let root = StreamPath(seed: 3)
  private static let (middle, end) = (7, 20)

  private static func walk(_ memory: Memory, rate: Double = 0.05, order: String = "order")
    -> WalkRecipe
  {
    let network: NetworkSpecification =
      switch memory {
      case .batchNorm, .bfloat16: .resnet(depth: 8, width: 4)
      default: .lenet(hidden: [12])
      }
    let optimizer: OptimizerSpecification =
      switch memory {
      case .plain: .init(.sgd, ["learning-rate": .number(rate), "weight-decay": 1e-4])
      case .adam:
        .init(.adam, ["learning-rate": .number(rate)])
      default: .init(.sgd, ["learning-rate": .number(rate), "momentum": 0.9])
      }
    return WalkRecipe(
      problem: Problem(
        network: network,
        dataset: DatasetSpecification(
          source: .init(.digits), digests: [DatasetSource(.digits).descriptor.embeddedDigest!],
          validation: 1200,
          split: root / "validation", normalization: DatasetSource(.digits).defaultNormalization,
          augmentation: memory == .augmentation ? Augmentation(flip: true, crop: 1) : nil)),
      start: .initialization(
        InitializationRecipe(
          initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
          stream: root / "initialization")),
      training: TrainingSpecification(
        optimizer: optimizer,
        schedule: LearningRateSchedule(
          warmup: memory == .warmup ? Step("9it")! : .zero,
          shape: memory == .cosine ? .cosine(final: 0.1) : .constant), batchSize: 40,
        duration: Step("\(end)it")!), order: root / order,
      precision: memory == .bfloat16 ? .bfloat16 : .float32)
  }

  /// The mask of a walk that has one.
  private func inputs(_ bench: Bench, _ memory: Memory) throws -> [String: Artifact] {
    guard memory == .masked else { return [:] }
    let walk = Self.walk(memory)
    let scores = try bench.make(
      ScoresRecipe(
        problem: walk.problem, weights: walk.start, criterion: .init(.random),
        scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval),
        stream: Self.root / "scores"))
    let mask = try bench.make(
      MaskRecipe(
        problem: walk.problem, scores: .artifact, density: Density("0.3")!, scope: .global,
        selection: .highest, excluded: []), inputs: [InputRole.scores: scores])
    return [InputRole.mask: mask]
  }

  /// The states in the middle and at the end, and the trace.
  private func artifacts(
    _ bench: Bench, _ memory: Memory, keeping: Bool = true, rate: Double = 0.05
  )
    throws -> (middle: Artifact, end: Artifact, trace: Artifact)
  {
    let (walk, inputs) = (Self.walk(memory, rate: rate), try inputs(bench, memory))
    func state(_ step: Int) throws -> Artifact {
      try bench.artifact(
        StateRecipe(walk: walk, step: step), inputs: inputs, keeps: keeping ? nil : [])
    }
    return (
      try state(Self.middle), try state(Self.end),
      try bench.artifact(
        TraceRecipe(walk: walk, end: Self.end, every: 3, splits: [.validation, .test]),
        inputs: inputs)
    )
  }

  /// All bytes of an artifact: its result and the digests of its files.
  private func bytes(_ bench: Bench, _ artifact: Artifact) throws -> (Data, [String: String]) {
    let record = try bench.store.record(of: artifact.key)
    return (record.result, record.files.mapValues(\.sha256.hexadecimal))
  }

  private func expectEqual(
    _ one: Bench, _ other: Bench, _ artifact: Artifact, _ words: Comment
  ) throws {
    let (found, wanted) = (try bytes(one, artifact), try bytes(other, artifact))
    #expect(found.0 == wanted.0, words)
    #expect(found.1 == wanted.1, words)
  }

  @Test(
    "going on from a stored state gives the bytes of one pass, and so does beginning again",
    arguments: Memory.allCases)
  func goingOn(_ memory: Memory) throws {
    let (whole, later, again) = (try Bench(), try Bench(), try Bench())
    defer { [whole, later, again].forEach { $0.remove() } }
    let made = try artifacts(whole, memory)
    try whole.make([made.middle, made.end])
    let parts = try artifacts(later, memory)
    #expect(parts.middle.key == made.middle.key)
    try later.make([parts.middle])
    try later.make([parts.end], present: [parts.middle])
    try again.make([try artifacts(again, memory).end])
    try expectEqual(later, whole, made.middle, "middle")
    try expectEqual(later, whole, made.end, "went on")
    try expectEqual(again, whole, made.end, "began again")
    let files = try whole.store.record(of: made.middle.key).files.keys.sorted()
    let moments = memory == .plain ? [] : [ArtifactFile.moments]
    #expect(
      files == (moments + [ArtifactFile.right, ArtifactFile.weights(after: Self.middle)]).sorted())
    #expect(
      try whole.store.record(of: made.end.key).files.keys.sorted() == [
        ArtifactFile.right, ArtifactFile.weights(after: Self.end),
      ])
  }

  /// Publishes a state under the key of another walk's.
  private func forge(_ bench: Bench, _ artifact: Artifact, from walk: WalkRecipe) throws {
    let scratch = try Bench()
    defer { scratch.remove() }
    let other = try scratch.make(StateRecipe(walk: walk, step: Self.middle))
    let record = try scratch.store.record(of: other.key)
    let workspace = try bench.store.makeWorkspace(for: artifact.key)
    for name in record.files.keys {
      try FileManager.default.copyItem(
        atPath: scratch.store.verifiedFile(name, of: other.key), toPath: "\(workspace)/\(name)")
    }
    try bench.store.publish(artifact, WorkOutcome(result: record.result), from: workspace)
  }

  @Test("a pass begins at the stored state, and compares the ones that it comes by")
  func audit() throws {
    let honest = try Bench()
    defer { honest.remove() }
    let made = try artifacts(honest, .momentum)
    try honest.make([made.end])
    let forged = try Bench()
    defer { forged.remove() }
    let other = Self.walk(.momentum, order: "another order")
    try forge(forged, made.middle, from: other)
    try forged.make([made.end], present: [made.middle])
    #expect(try bytes(forged, made.end).0 != bytes(honest, made.end).0)
    // A trace begins with the walk, and so comes by.
    let error = #expect(throws: LaboratoryError.self) {
      try forged.make([made.trace], present: [made.middle, made.end])
    }
    guard case .notReproducible(let label, _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(label == made.middle.label)
    try honest.make([made.middle])
    try honest.make([made.trace], present: [made.middle, made.end])
    let trace: TraceResult = try honest.result(made.trace)
    #expect(trace.curve.map(\.iteration) == [3, 6, 9, 12, 15, 18, 20])
    #expect(trace.earlyStoppingTest?.count == 357)
  }

  @Test("weights that are kept later are the bytes that they would have been")
  func keptLater() throws {
    let (first, later) = (try Bench(), try Bench())
    defer { [first, later].forEach { $0.remove() } }
    let (kept, bare) = (try artifacts(first, .adam), try artifacts(later, .adam, keeping: false))
    #expect(kept.middle.key == bare.middle.key)
    try first.make([kept.middle, kept.end])
    try later.make([bare.middle, bare.end])
    #expect(try bytes(later, bare.middle).1.keys.sorted() == [ArtifactFile.right])
    try later.make([kept.middle, kept.end])
    for artifact in [kept.middle, kept.end] {
      try expectEqual(later, first, artifact, "\(artifact.label)")
    }
  }

  @Test("a training that diverges publishes every state after it and the trace, without files")
  func divergence() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let made = try artifacts(bench, .momentum, rate: 1e30)
    let walk = Self.walk(.momentum, rate: 1e30)
    let early = try (0...1).map {
      try bench.artifact(StateRecipe(walk: walk, step: $0))
    }
    var published: [Key] = []
    try bench.make(early + [made.middle, made.end, made.trace]) {
      if case .done(let key, computed: true) = $0 { published.append(key) }
    }
    #expect(published == (early + [made.middle, made.end, made.trace]).map(\.key))
    for (state, step) in zip(early, 0...1) {
      let result: StateResult = try bench.result(state)
      #expect(result.outcome.found != nil && result.steps == step)
      #expect(try bytes(bench, state).1[ArtifactFile.weights(after: step)] != nil)
    }
    for state in [made.middle, made.end] {
      let result: StateResult = try bench.result(state)
      #expect(result.outcome == .diverged(.own(iteration: 1)) && result.steps == 1)
      #expect(try bytes(bench, state).1.isEmpty)
      // It is whole all the same: its weights can never be there.
      #expect(try bench.store.state(of: state) == .whole)
    }
    let trace: TraceResult = try bench.result(made.trace)
    #expect(trace.diverged == .own(iteration: 1) && trace.curve.isEmpty)
    #expect(try bytes(bench, made.trace).1.isEmpty)
  }

  @Test("what needs the weights of a training that diverged says so")
  func withoutWeights() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let end = try artifacts(bench, .plain, rate: 1e30).end
    try bench.make([end])
    let walk = Self.walk(.plain, rate: 1e30)
    let error = #expect(throws: (any Error).self) {
      try bench.make(
        ScoresRecipe(
          problem: walk.problem, weights: .checkpoint(iteration: Self.end),
          criterion: .init(.magnitude),
          scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval),
          stream: Self.root / "scores"), inputs: [InputRole.weights: end])
    }
    #expect("\(try #require(error))".contains("the training diverged before"))
  }
}
