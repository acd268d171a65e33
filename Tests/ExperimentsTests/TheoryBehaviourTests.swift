import Foundation
import Laboratory
import Pruning
import Randomness
import Recipes
import Tensors
import Testing

@testable import Experiments

/// Golden outcomes of the artifacts of theory, and what they must agree with: the masks and scores that
/// ablation suites use.
@Suite(.serialized) struct TheoryBehaviourTests {
  private static let root = StreamPath(seed: 5)

  private static let problem = Problem.shapesAlone(root)

  private static func scored(_ criterion: CriterionSpecification) -> ScoresRecipe {
    ScoresRecipe(
      problem: problem,
      weights: .initialization(
        InitializationRecipe(
          initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
          stream: root / "initialization")),
      criterion: criterion,
      scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .identity),
      stream: root / "scoring")
  }

  private static let densities = [1, 2, 8, 64].map { Density(reducing: 1, over: $0)! }

  private static func collapse(
    _ criterion: CriterionSpecification, _ schedule: PruningSchedule,
    _ densities: [Density] = densities
  ) -> CollapseRecipe {
    CollapseRecipe(
      scored: scored(criterion), schedule: schedule, scope: .global, excluded: [],
      densities: densities)
  }

  private static func pruneSize(_ schedule: PruningSchedule, _ density: String) -> PruneSizeRecipe {
    PruneSizeRecipe(
      scored: scored(.init(.synflow)), schedule: schedule, density: Density(density)!)
  }

  @Test("collapse counts what the masks of the same scores keep", arguments: [1, 10])
  func collapse(iterations: Int) throws {
    let bench = try Bench()
    defer { bench.remove() }
    for criterion in [Criterion.random, .magnitude, .synflow].map({ CriterionSpecification($0) }) {
      let schedule: PruningSchedule =
        iterations == 1 ? .oneShot : .exponential(iterations: iterations)
      let artifact = try bench.make(Self.collapse(criterion, schedule))
      let result: CollapseResult = try bench.result(artifact)
      #expect(result.sizes == [120, 108, 27])
      #expect(result.points.map(\.density) == Self.densities)
      #expect(result.points[0].kept == result.sizes)
      let scores = try bench.make(Self.scored(criterion))
      for point in result.points {
        let mask = try bench.make(
          MaskRecipe(
            problem: Self.problem,
            scores: iterations == 1 ? .artifact : .iterative(Self.scored(criterion), schedule),
            density: point.density, scope: .global, selection: .highest, excluded: []),
          inputs: iterations == 1 ? [InputRole.scores: scores] : [:])
        let expected: MaskResult = try bench.result(mask)
        #expect(point.kept == expected.audit.layers.map(\.kept))
        #expect(point.ties == expected.ranking?.ties)
        #expect(point.kept.reduce(0, +) == point.density.kept(of: 255))
      }
    }
  }

  @Test("criteria that read data are refused where there is none")
  func noExamples() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let error = #expect(throws: (any Error).self) {
      try bench.make(Self.collapse(.init(.snip), .oneShot))
    }
    #expect("\(try #require(error))".contains("`dataset: none` has no examples"))
  }

  @Test("SynFlow's totals are R in every layer and alike on both sides of every unit")
  func conservation() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let synflow: SaliencyResult = try bench.result(
      try bench.make(SaliencyRecipe(scored: Self.scored(.init(.synflow)), units: true)))
    let first: PruneSizeResult = try bench.result(
      try bench.make(Self.pruneSize(.oneShot, "0.5")))
    for layer in synflow.layers {
      #expect(abs(layer.total / first.iterations[0].output - 1) < 1e-12, "\(layer.name)")
    }
    #expect(synflow.layers.map(\.size) == [120, 108, 27])
    #expect(synflow.layers.map(\.biases) == [12, 9, 3])
    #expect(synflow.units.map(\.kind) == [.linear, .linear])
    #expect(synflow.units.map(\.incoming.count) == [12, 9])
    for units in synflow.units {
      for (incoming, outgoing) in zip(units.incoming, units.outgoing) {
        #expect(abs(incoming - outgoing) <= 1e-12 * outgoing)
      }
    }
    let magnitude: SaliencyResult = try bench.result(
      try bench.make(SaliencyRecipe(scored: Self.scored(.init(.magnitude)), units: true)))
    #expect(
      zip(magnitude.units[0].incoming, magnitude.units[0].outgoing)
        .contains { abs($0 - $1) > 0.1 * $1 }, "magnitude is not conserved")
    let bare: SaliencyResult = try bench.result(
      try bench.make(SaliencyRecipe(scored: Self.scored(.init(.magnitude)), units: false)))
    #expect(bare.units.isEmpty && bare.layers == magnitude.layers)
  }

  @Test("sums of a convolution's scores go by output and input channel")
  func layerTotals() throws {
    let scores = try Tensor((0..<24).map { Double($0) }, shape: [2, 3, 2, 2])
    let totals = try LayerTotals(of: Scores.Layer(name: "conv", scores: scores), units: true)
    #expect(totals.total == 276)
    #expect(totals.squares == 4324)
    #expect(totals.rows == [66, 210])
    #expect(totals.columns == [60, 92, 124])
  }

  @Test("every iteration's prune size, and what is left")
  func pruneSizes() throws {
    func largestRatio(_ result: PruneSizeResult) -> Double {
      result.iterations.map(\.ratio).max() ?? 0
    }
    let bench = try Bench()
    defer { bench.remove() }
    let once: PruneSizeResult = try bench.result(try bench.make(Self.pruneSize(.oneShot, "0.1")))
    #expect(once.iterations.map(\.kept) == [26])
    let result: PruneSizeResult = try bench.result(
      try bench.make(Self.pruneSize(.exponential(iterations: 5), "0.1")))
    #expect(result.iterations.count == 5)
    #expect(result.iterations.last?.kept == 26)
    #expect(result.iterations[0].output == once.iterations[0].output)
    #expect(
      zip(result.iterations, result.iterations.dropFirst()).allSatisfy { $0.output > $1.output })
    #expect(largestRatio(result) < largestRatio(once))
    #expect(abs(largestRatio(once) - Golden.oneShotRatio) < 1e-5)
    #expect(abs(largestRatio(result) - Golden.exponentialRatio) < 1e-5)
    let whole: PruneSizeResult = try bench.result(try bench.make(Self.pruneSize(.oneShot, "1")))
    #expect(largestRatio(whole) == 0)
  }

  @Test("counts are what they were, and belong to their schemas")
  func golden() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let random: CollapseResult = try bench.result(
      try bench.make(Self.collapse(.init(.random), .oneShot)))
    #expect(random.points.map(\.kept) == Golden.random)
    let synflow: CollapseResult = try bench.result(
      try bench.make(
        Self.collapse(.init(.synflow), .exponential(iterations: 10), [Self.densities[2]])))
    #expect(synflow.points.map(\.kept) == Golden.synflow)
    let magnitude: SaliencyResult = try bench.result(
      try bench.make(SaliencyRecipe(scored: Self.scored(.init(.magnitude)), units: false)))
    for (layer, total) in zip(magnitude.layers, Golden.magnitude) {
      #expect(abs(layer.total / total - 1) < 1e-5)
    }
    let recipes: [any Work] = [
      Self.collapse(.init(.random), .oneShot), Self.pruneSize(.oneShot, "1"),
      SaliencyRecipe(scored: Self.scored(.init(.magnitude)), units: false),
    ]
    for recipe in recipes {
      #expect(try comesBack(recipe, schema: 2), "raise the golden values with the schema")
    }
  }
}

/// What the artifacts of those schema versions are.
private enum Golden {
  static let random = [[120, 108, 27], [65, 49, 14], [20, 6, 6], [2, 2, 0]]
  static let synflow = [[13, 10, 9]]
  static let magnitude = [48.294468, 36.524866, 11.138577]
  static let oneShotRatio = 1.7176030860887113
  static let exponentialRatio = 0.4976868179106717
}
