import Experiments
import Foundation
import Laboratory
import Randomness
import Recipes
import Testing

/// Criteria on data in iterations, through recipes and the store as a suite runs them.
@Suite(.serialized) struct IterativeScoringTests {
  private static let root = StreamPath(seed: 6)

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

  private func recipe(
    _ criterion: CriterionSpecification, _ schedule: PruningSchedule,
    _ selection: Recipes.Selection = .highest
  ) -> MaskRecipe {
    let scores = ScoresRecipe(
      problem: Self.problem,
      weights: .initialization(
        InitializationRecipe(
          initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
          stream: Self.root / "initialization")),
      criterion: criterion,
      scoring: ScoringSpecification(examples: .perClass(5), batchSize: 8, mode: .train),
      stream: Self.root / "scoring")
    return MaskRecipe(
      problem: Self.problem, scores: .iterative(scores, schedule), density: Density("0.1")!,
      scope: .global, selection: selection, excluded: [])
  }

  @Test(
    "ten iterations keep the schedule's counts, and their masks are not those of one shot",
    arguments: [
      CriterionSpecification(.snip), .init(.grasp),
      .init(.taylorFO), .init(.obd, ["probes": 5, "exact-up-to": 36]),
    ])
  func iterations(criterion: CriterionSpecification) throws {
    let bench = try Bench()
    defer { bench.remove() }
    let mask = try bench.make(recipe(criterion, .exponential(iterations: 10)))
    let found: MaskResult = try bench.result(mask)
    // 156 weights; 156 − ⌊(1 − 0.1^(k/10))·156⌋ after iteration k.
    #expect(
      found.ranking?.iterations.map { $0.reduce(0, +) }
        == [124, 99, 79, 63, 50, 40, 32, 25, 20, 16])
    for (before, after) in zip(found.ranking!.iterations, found.ranking!.iterations.dropFirst()) {
      #expect(zip(before, after).allSatisfy { $0 >= $1 })
    }
    let once = try bench.make(recipe(criterion, .oneShot))
    #expect(try bench.digest(mask, ArtifactFile.mask) != bench.digest(once, ArtifactFile.mask))
    let layerwise = try bench.make(
      recipe(criterion, .exponential(iterations: 10), .lowestWithinLayers),
      inputs: [InputRole.counts: mask])
    let inverted: MaskResult = try bench.result(layerwise)
    #expect(inverted.ranking?.iterations == found.ranking?.iterations)
    #expect(try bench.digest(layerwise, ArtifactFile.mask) != bench.digest(mask, ArtifactFile.mask))
  }
}
