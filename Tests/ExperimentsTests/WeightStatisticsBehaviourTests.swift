import Digests
import Foundation
import Laboratory
import Networks
import Pruning
import Randomness
import Recipes
import Testing

@testable import Experiments

/// What the weights of a training look like, once more from its files.
@Suite(.serialized) struct WeightStatisticsBehaviourTests {
  private static let root = StreamPath(seed: 7)

  private static let problem = Problem(
    network: .lenet(hidden: [12]),
    dataset: DatasetSpecification(
      source: .init(.digits), digests: [DatasetSource(.digits).descriptor.embeddedDigest!],
      validation: 144, split: root / "validation",
      normalization: DatasetSource(.digits).defaultNormalization))

  private static let start = WeightsSource.initialization(
    InitializationRecipe(
      initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      stream: root / "initialization"))

  private static func training(to step: Int, rate: Double = 0.05) -> StateRecipe {
    StateRecipe(
      walk: WalkRecipe(
        problem: problem, start: start,
        training: TrainingSpecification(
          optimizer: .init(.sgd, ["learning-rate": .number(rate), "momentum": 0.9]),
          schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 64,
          duration: Step(epochs: 0, iterations: step)),
        order: root / "order"), step: step)
  }

  private static func mask(in bench: Bench) throws -> Artifact {
    let scored = ScoresRecipe(
      problem: problem, weights: start, criterion: .init(.magnitude),
      scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .identity),
      stream: root / "scoring")
    return try bench.make(
      MaskRecipe(
        problem: problem, scores: .artifact, density: Density("0.25")!, scope: .layerwise,
        selection: .highest, excluded: []),
      inputs: [InputRole.scores: try bench.make(scored)])
  }

  private static func recipe(
    _ start: WeightsSource = start, end: Int?, spectra: Bool = false
  ) -> WeightStatisticsRecipe {
    WeightStatisticsRecipe(problem: problem, start: start, endIteration: end, spectra: spectra)
  }

  @Test("weights under a mask, at the start and after training, are those of the files")
  func files() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let mask = try Self.mask(in: bench)
    let state = try bench.make(Self.training(to: 20), inputs: [InputRole.mask: mask])
    let start: WeightStatistics = try bench.found(
      try bench.make(Self.recipe(end: nil), inputs: [InputRole.mask: mask]))
    let end: WeightStatistics = try bench.found(
      try bench.make(
        Self.recipe(end: 20, spectra: true), inputs: [InputRole.mask: mask, InputRole.end: state]))
    #expect(try comesBack(Self.recipe(end: 20, spectra: true), schema: 1))
    let network = Network(Self.problem)
    let drawn = try Weights(initializing: network, with: try #require(Self.initialization))
    func file(_ name: String, _ artifact: Artifact) throws -> URL {
      URL(fileURLWithPath: try bench.store.verifiedFile(name, of: artifact.key))
    }
    let trained = try Weights(
      readingFrom: file(ArtifactFile.weights(after: 20), state), for: network)
    let kept = try Mask(readingFrom: file(ArtifactFile.mask, mask), for: network)
    #expect(start.layers.map(\.name) == kept.layers.map(\.name))
    for (position, index) in network.prunableIndices.enumerated() {
      let (before, after) = (
        try drawn.tensors[index].elements(of: Float.self),
        try trained.tensors[index].elements(of: Float.self)
      )
      let keep = kept.layers[position].kept
      let own = before.indices.filter { keep[$0] == 1 }
      let (first, last) = (start.layers[position].weights, end.layers[position].weights)
      #expect(first.kept?.count == own.count && first.pruned?.count == before.count - own.count)
      #expect(first.movement == nil && last.pruned?.zeros == last.pruned?.count)
      #expect(first.kept?.minimum == own.map { Double(before[$0]) }.min())
      #expect(last.kept?.maximum == own.map { Double(after[$0]) }.max())
      // Magnitude leaves a hole around zero.
      let bound = own.map { abs(before[$0]) }.min()!
      #expect(first.pruned!.maximum <= Double(bound) && first.pruned!.minimum >= -Double(bound))
      #expect(first.distanceFromDense! > 0.3 && first.kept!.excessKurtosis! < -1)
      let flips = own.count { before[$0] * after[$0] < 0 }
      #expect(last.movement?.signFlips == flips && last.movement?.signed == own.count)
      #expect(start.layers[position].spectrum == nil)
      let norm = try #require(last.kept?.norm)
      let spectrum = try #require(end.layers[position].spectrum)
      #expect(spectrum.norm < norm && spectrum.norm > norm / 4)
      #expect(spectrum.singularValues.count == min(12, keep.count / 12))
    }
    let record: StateResult = try bench.result(state)
    let change = try #require(record.outcome.found?.change)
    #expect(end.whole.movement?.signFlips == change.signChanges)
    #expect(abs(end.whole.movement!.distance - change.distance) < 1e-9)
    #expect(end.whole.kept?.count == change.kept)
  }

  private static var initialization: InitializationRecipe? {
    if case .initialization(let recipe) = start { recipe } else { nil }
  }

  @Test("without a mask all weights are kept; a start may be a state")
  func dense() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let state = try bench.make(Self.training(to: 20))
    let alone: WeightStatistics = try bench.found(
      try bench.make(
        Self.recipe(.checkpoint(iteration: 20), end: nil), inputs: [InputRole.weights: state]))
    let beside: WeightStatistics = try bench.found(
      try bench.make(Self.recipe(end: 20), inputs: [InputRole.end: state]))
    for (one, other) in zip(alone.layers, beside.layers) {
      #expect(one.weights.kept?.quantiles == other.weights.kept?.quantiles)
      #expect(one.weights.pruned == nil && one.weights.distanceFromDense == nil)
      #expect(other.weights.distanceFromDense! > 0 && other.weights.movement!.distance > 0)
    }
  }

  @Test("a training that diverged leaves nothing to measure")
  func diverged() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let state = try bench.make(Self.training(to: 20, rate: 1e30))
    for (recipe, role) in [
      (Self.recipe(end: 20), InputRole.end),
      (Self.recipe(.checkpoint(iteration: 20), end: nil), InputRole.weights),
    ] {
      let outcome: Outcome<WeightStatistics> = try bench.result(
        try bench.make(recipe, inputs: [role: state]))
      #expect(outcome == .diverged(.input(role: role)))
    }
  }
}
