import Digests
import Experiments
import Foundation
import Laboratory
import Randomness
import Recipes
import Tensors
import Testing

/// One golden outcome per artifact kind and schema version: when an outcome changes, the kind's schema
/// in its recipe must rise, or stores would serve the old one for the new recipe.
///
/// Rankings of random scores and shuffles are integer arithmetic and compared to the digit. Training and
/// data-dependent scores depend on the processor in their last bits, so counts stand for them.
@Suite(.serialized) struct BehaviourTests {
  private static let root = StreamPath(seed: 5)

  private static let problem = Problem(
    network: .lenet(hidden: [12]),
    dataset: {
      let source = DatasetSource(
        .gaussianMixture,
        ["classes": 3, "dimension": 10, "train": 220, "test": 100, "separation": 3, "seed": 2])
      return DatasetSpecification(
        source: source, digests: [], validation: 20, split: root / "validation",
        normalization: source.defaultNormalization)
    }())

  private static let weights = WeightsSource.initialization(
    InitializationRecipe(
      initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      stream: root / "initialization"))

  private static func scores(_ criterion: CriterionSpecification) -> ScoresRecipe {
    ScoresRecipe(
      problem: problem, weights: weights, criterion: criterion,
      scoring: ScoringSpecification(examples: .perClass(5), batchSize: 8, mode: .train),
      stream: root / "scoring")
  }

  private static let walk = WalkRecipe(
    problem: problem, start: weights,
    training: TrainingSpecification(
      optimizer: .init(.sgd, ["learning-rate": 0.1, "momentum": 0.9]),
      schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 16,
      duration: Step("3ep")!), order: root / "order")

  private static func state(_ step: Int) -> StateRecipe { StateRecipe(walk: walk, step: step) }

  private static let trace = TraceRecipe(walk: walk, end: 39, every: 13, splits: [.validation])

  private static func mask(_ scores: MaskRecipe.Scores, _ selection: Selection = .highest)
    -> MaskRecipe
  {
    MaskRecipe(
      problem: problem, scores: scores, density: Density("0.3")!, scope: .global,
      selection: selection, excluded: [])
  }

  @Test("scores, masks and shuffles of random pruning are what they were, to the digit")
  func randomPruning() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let scores = try bench.make(Self.scores(.init(.random)))
    let randomScores = try bench.digest(scores, ArtifactFile.scores).prefix(16)
    #expect(randomScores == Golden.randomScores)
    let mask = try bench.make(Self.mask(.artifact), inputs: [InputRole.scores: scores])
    let randomMask = try bench.digest(mask, ArtifactFile.mask).prefix(16)
    #expect(randomMask == Golden.randomMask)
    let found: MaskResult = try bench.result(mask)
    // 10·12 + 12·3 = 156 weights; 156 − ⌊0.7·156⌋ = 47.
    #expect(found.audit.layers.map(\.kept).reduce(0, +) == 47)
    let shuffle = try bench.make(
      AblatedMaskRecipe(
        problem: Self.problem, ablation: .shuffle, stream: Self.root / "shuffle"),
      inputs: [InputRole.mask: mask])
    let shuffledMask = try bench.digest(shuffle, ArtifactFile.mask).prefix(16)
    #expect(shuffledMask == Golden.shuffledMask)
    let audit: MaskResult = try bench.result(shuffle)
    #expect(audit.audit.layers == found.audit.layers)
    #expect(audit.change?.countsKept == true)
    let path = try bench.store.verifiedFile(ArtifactFile.mask, of: mask.key)
    let imported = try bench.make(
      ImportedMaskRecipe(
        problem: Self.problem, digest: try Digest.sha256(ofFile: path).hexadecimal,
        density: Density("0.3")!),
      masks: [try Digest.sha256(ofFile: path).hexadecimal: path])
    let copy: MaskResult = try bench.result(imported)
    #expect(copy.audit == found.audit)
  }

  @Test("a training does what it did")
  func training() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let states = try [0, 13, 39].map { try bench.artifact(Self.state($0)) }
    let (dense, trace) = (states[2], try bench.artifact(Self.trace))
    try bench.make(states + [trace])
    let result = TrainingResult(state: try bench.result(dense), trace: try bench.result(trace))
    #expect(result.outcome.divergence == nil)
    #expect(result.steps == 39)
    #expect(result.trace?.curve.map(\.iteration) == [13, 26, 39])
    #expect(abs(result.test!.correct - Golden.trainedCorrect) <= 1)
    #expect(abs(result.test!.loss! - Golden.trainedLoss) < 1e-3)
    let file = URL(fileURLWithPath: try bench.store.verifiedFile(ArtifactFile.right, of: dense.key))
    let bits = try Safetensors(readingFrom: file).tensor("test").elements(of: UInt8.self)
    #expect(bits.count == (result.test!.count + 7) / 8)
    #expect(bits.reduce(0) { $0 + $1.nonzeroBitCount } == result.test!.correct)
    let predicted = try #require(result.outcome.found?.predicted)
    #expect((1...3).contains(predicted.classes))
    #expect(
      (result.test!.count / 3...result.test!.count).contains(try #require(predicted.commonest)))
    for (state, step) in zip(states, [0, 13, 39]) {
      #expect(try bench.digest(state, ArtifactFile.weights(after: step)).count == 64)
    }
    let again = try Bench()
    defer { again.remove() }
    let twin = try again.make(Self.state(39))
    #expect(try again.store.record(of: twin.key).result == bench.store.record(of: dense.key).result)
    #expect(
      try again.digest(twin, ArtifactFile.weights(after: 39))
        == bench.digest(dense, ArtifactFile.weights(after: 39)))
  }

  @Test("iterative SynFlow keeps what it kept, and both inversions keep their counts")
  func iterative() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let iterative = MaskRecipe.Scores.iterative(
      Self.scores(.init(.synflow)), .exponential(iterations: 10))
    let own = try bench.make(Self.mask(iterative))
    let found: MaskResult = try bench.result(own)
    #expect(found.audit.layers.map(\.kept) == Golden.synflowKept)
    #expect(found.ranking?.iterations.count == 10)
    #expect(found.audit.connected == true)
    let layerwise = try bench.make(
      Self.mask(iterative, .lowestWithinLayers), inputs: [InputRole.counts: own])
    let inverted: MaskResult = try bench.result(layerwise)
    #expect(inverted.ranking?.iterations == found.ranking?.iterations)
    #expect(
      try bench.digest(own, ArtifactFile.mask) != bench.digest(layerwise, ArtifactFile.mask))
    let global: MaskResult = try bench.result(try bench.make(Self.mask(iterative, .lowest)))
    #expect(
      global.audit.layers.map(\.kept).reduce(0, +)
        == found.audit.layers.map(\.kept).reduce(0, +))
  }

  @Test("every kind's schema version is the one these outcomes belong to")
  func schemas() {
    let recipes: [any Work] = [
      Self.state(39), Self.trace, Self.scores(.init(.random)), Self.mask(.artifact),
      AblatedMaskRecipe(problem: Self.problem, ablation: .shuffle, stream: Self.root),
      ImportedMaskRecipe(problem: Self.problem, digest: "", density: Density("0.3")!),
    ]
    #expect(
      recipes.map { type(of: $0).schema } == [1, 1, 2, 2, 1, 2],
      "raise the golden values with the schema")
  }
}

/// What the artifacts of those schema versions are.
private enum Golden {
  static let randomScores = "80a26eb643aa5095"
  static let randomMask = "dc0c82872a53fb95"
  static let shuffledMask = "6f50ae61bb06da96"
  static let trainedCorrect = 90
  static let trainedLoss = 0.38661
  static let synflowKept = [27, 20]
}
