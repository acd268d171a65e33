import Foundation
import Laboratory
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing

@testable import Experiments

/// How alike scores of one network are, and what masks of two networks share once units are aligned.
@Suite(.serialized) struct RelationsBehaviourTests {
  private static let root = StreamPath(seed: 8)

  private static let problem = Problem(
    network: .lenet(hidden: [14, 9]),
    dataset: DatasetSpecification(
      source: .init(.digits), digests: [DatasetSource(.digits).descriptor.embeddedDigest!],
      validation: 144, split: root / "validation",
      normalization: DatasetSource(.digits).defaultNormalization))

  private static func initialization(_ name: String) -> WeightsSource {
    .initialization(
      InitializationRecipe(
        initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
        stream: root / name / "initialization"))
  }

  private static func training(_ name: String, rate: Double = 0.05) -> StateRecipe {
    StateRecipe(
      walk: WalkRecipe(
        problem: problem, start: initialization(name),
        training: TrainingSpecification(
          optimizer: .init(.sgd, ["learning-rate": .number(rate), "momentum": 0.9]),
          schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 64,
          duration: Step(epochs: 0, iterations: 60)),
        order: root / name / "order"), step: 60)
  }

  private static func scores(_ criterion: Criterion, of name: String = "a") -> ScoresRecipe {
    ScoresRecipe(
      problem: problem, weights: initialization(name), criterion: .init(criterion),
      scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .identity),
      stream: root / name / "scores")
  }

  private static func mask(_ scores: Artifact, in bench: Bench) throws -> Artifact {
    try bench.make(
      MaskRecipe(
        problem: problem, scores: .artifact, density: Density("0.2")!, scope: .global,
        selection: .highest, excluded: []), inputs: [InputRole.scores: scores])
  }

  private static func overlap(_ first: Artifact, _ second: Artifact, in bench: Bench) throws -> Int
  {
    let result: MaskOverlap = try bench.result(
      try bench.make(
        MaskOverlapRecipe(problem: problem), inputs: ["first": first, "second": second]))
    return result.layers.reduce(0) { $0 + $1.both }
  }

  // MARK: Scores

  /// Spearman's ρ with average ranks, each found by comparison with all others.
  private static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    func centred(_ values: [Double]) -> [Double] {
      values.map { value in
        values.reduce(0) { $0 + ($1 < value ? 1 : $1 > value ? -1 : 0) }
      }
    }
    let (a, b) = (centred(x), centred(y))
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  @Test("scores are correlated over all weights and within each layer")
  func correlation() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let scores = try [Criterion.magnitude, .synflow].map { try bench.make(Self.scores($0)) }
    let recipe = ScoreCorrelationRecipe(problem: Self.problem)
    #expect(try comesBack(recipe, schema: 1))
    let found: ScoreCorrelation = try bench.result(
      try bench.make(recipe, inputs: ["first": scores[0], "second": scores[1]]))
    let layers = try scores.map { artifact in
      try Scores(
        readingFrom: URL(
          fileURLWithPath: bench.store.verifiedFile(ArtifactFile.scores, of: artifact.key)),
        for: Network(Self.problem)
      ).layers.map { try $0.scores.converted(to: .float64).elements(of: Double.self) }
    }
    let names = ["all layers", "fc_layers.0.weight", "fc_layers.1.weight", "fc.weight"]
    #expect(found.parts.map(\.name) == names)
    #expect(found.parts.map(\.size) == [1112, 896, 126, 90])
    #expect(
      abs(
        found.parts[0].spearman! - Self.spearman(layers[0].flatMap { $0 }, layers[1].flatMap { $0 })
      )
        < 1e-12)
    for (part, lists) in zip(found.parts.dropFirst(), zip(layers[0], layers[1])) {
      #expect(abs(part.spearman! - Self.spearman(lists.0, lists.1)) < 1e-12, "\(part.name)")
      // Of magnitudes, but for what the units before and after add.
      #expect(part.spearman! > 0.5 && part.kendall! > 0.3 && part.kendall! < part.spearman!)
    }
    let same: ScoreCorrelation = try bench.result(
      try bench.make(recipe, inputs: ["first": scores[0], "second": scores[0]]))
    #expect(same.parts.allSatisfy { $0.spearman == 1 && $0.kendall == 1 })
  }

  // MARK: Aligned masks

  private static func alignedOverlap(_ draws: Int = 3) -> AlignedOverlapRecipe {
    AlignedOverlapRecipe(
      problem: problem, start: .checkpoint(iteration: 60), end: .checkpoint(iteration: 60),
      attempts: 1, draws: draws, stream: root / "aligned")
  }

  private static func inputs(
    _ start: Artifact, _ startMask: Artifact, _ end: Artifact, _ endMask: Artifact
  ) -> [String: Artifact] {
    [
      InputRole.start: start, InputRole.startMask: startMask, InputRole.end: end,
      InputRole.endMask: endMask,
    ]
  }

  @Test(
    "a mask of the same network in another order of units is found whole; shuffled ones are not")
  func relabelled() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let own = try bench.make(Self.training("a"))
    let mask = try Self.mask(try bench.make(Self.scores(.magnitude)), in: bench)
    // An alignment to a foreign network puts the units into another order, the mask's with them.
    let foreign = try bench.make(Self.training("b"))
    let renamed = try bench.make(
      AlignmentRecipe(
        problem: Self.problem, startIteration: 60, endIteration: 60, attempts: 1,
        stream: Self.root / "matching"),
      inputs: [InputRole.start: foreign, InputRole.end: own, InputRole.mask: mask])
    let kept = Density("0.2")!.kept(of: 1112)
    #expect(kept == 223)
    let before = try Self.overlap(mask, renamed, in: bench)
    #expect(before < 100, "another order shares what chance gives: \(before)")
    let recipe = Self.alignedOverlap()
    #expect(try comesBack(recipe, schema: 1))
    let found: AlignedOverlap = try bench.found(
      try bench.make(recipe, inputs: Self.inputs(own, mask, renamed, renamed)))
    #expect(found.found.layers.reduce(0) { $0 + $1.both } == kept)
    #expect(found.found.layers.allSatisfy { $0.first == $0.second })
    #expect(found.units == 23 && found.moved > 12)
    let controls = found.controls.map { $0.reduce(0, +) }
    #expect(controls.count == 3 && Set(found.controls).count == 3)
    #expect(controls.allSatisfy { $0 < kept / 2 }, "\(controls)")
  }

  @Test(
    "what a matching finds in random masks of two networks lies above chance, as its controls do")
  func control() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let networks = try ["a", "b"].map { try bench.make(Self.training($0)) }
    let masks = try ["a", "b"].map {
      try Self.mask(try bench.make(Self.scores(.random, of: $0)), in: bench)
    }
    let found: AlignedOverlap = try bench.found(
      try bench.make(
        Self.alignedOverlap(8),
        inputs: Self.inputs(networks[0], masks[0], networks[1], masks[1])))
    let expected = found.found.layers.reduce(0) {
      $0 + Double($1.first) * Double($1.second) / Double($1.size)
    }
    let controls = found.controls.map { $0.reduce(0, +) }
    let mean = Double(controls.reduce(0, +)) / 8
    #expect(mean > expected + 5, "\(controls) of \(expected)")
    let aligned = found.found.layers.reduce(0) { $0 + $1.both }
    #expect(Double(aligned) > expected)
    #expect(Double(abs(aligned - Int(mean))) < 25, "\(aligned) of \(controls)")
  }

  @Test("networks at initialization are aligned without a training; diverged ones are not")
  func ends() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let mask = try Self.mask(try bench.make(Self.scores(.magnitude)), in: bench)
    let untrained = AlignedOverlapRecipe(
      problem: Self.problem, start: Self.initialization("a"), end: Self.initialization("a"),
      attempts: 1, draws: 1, stream: Self.root / "aligned")
    let found: AlignedOverlap = try bench.found(
      try bench.make(
        untrained, inputs: [InputRole.startMask: mask, InputRole.endMask: mask]))
    #expect(found.moved == 0 && found.found.layers.allSatisfy { $0.both == $0.first })
    let diverged = try bench.make(Self.training("a", rate: 1e30))
    let outcome: Outcome<AlignedOverlap> = try bench.result(
      try bench.make(Self.alignedOverlap(), inputs: Self.inputs(diverged, mask, diverged, mask)))
    #expect(outcome == .diverged(.input(role: InputRole.start)))
  }
}
