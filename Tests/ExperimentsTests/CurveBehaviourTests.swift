import Foundation
import Laboratory
import Randomness
import Recipes
import Tensors
import Testing

@testable import Experiments

/// What the artifacts of curves and planes hold, and what they must agree with: the records of the trainings
/// at their ends.
@Suite(.serialized) struct CurveBehaviourTests {
  private static let root = StreamPath(seed: 5)

  private static func problem(_ network: NetworkSpecification) -> Problem {
    Problem(
      network: network,
      dataset: DatasetSpecification(
        source: .init(.digits), digests: [DatasetSource(.digits).descriptor.embeddedDigest!],
        validation: 144,
        split: root / "validation", normalization: DatasetSource(.digits).defaultNormalization))
  }

  private static func specification(_ steps: Int, rate: Double = 0.05) -> TrainingSpecification {
    TrainingSpecification(
      optimizer: .init(
        .sgd, ["learning-rate": .number(rate), "momentum": 0.9, "weight-decay": 1e-4]),
      schedule: LearningRateSchedule(
        warmup: .zero, shape: .linearDecay(from: 0.5, to: 0.9, final: 0.01)), batchSize: 64,
      duration: Step(epochs: 0, iterations: steps))
  }

  private static func end(_ problem: Problem, _ number: Int, rate: Double = 0.05) -> StateRecipe {
    StateRecipe(
      walk: WalkRecipe(
        problem: problem,
        start: .initialization(
          InitializationRecipe(
            initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
            stream: root / "initialization \(number)")), training: specification(30, rate: rate),
        order: root / "order \(number)"), step: 30)
  }

  private static func curve(
    _ problem: Problem, _ shape: CurveShape, rate: Double = 0.05
  ) -> CurveRecipe {
    CurveRecipe(
      problem: problem, shape: shape, iteration: 30, training: specification(40, rate: rate),
      order: root / "curve order", positions: root / "positions")
  }

  private static func measurement(_ problem: Problem) -> PointMeasurement {
    PointMeasurement(
      of: problem, trainingExamples: 200, statistics: [.recomputed], statisticsExamples: 300,
      seed: 5)
  }

  private static func points(_ problem: Problem, _ shape: CurveShape) -> CurvePointsRecipe {
    CurvePointsRecipe(
      problem: problem, shape: shape, iteration: 30, points: 5,
      measurement: measurement(problem))
  }

  @Test("a curve's ends are its trainings', its record and bends are read back")
  func curves() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [30, 20]))
    let ends = try (1...2).map { try bench.make(Self.end(problem, $0)) }
    let joined = [InputRole.start: ends[0], InputRole.end: ends[1]]
    let segment: CurvePointsResult = try bench.found(
      try bench.make(
        SegmentRecipe(
          problem: problem, startIteration: 30, endIteration: 30, points: 5,
          measurement: Self.measurement(problem)), inputs: joined))
    for shape in [CurveShape.bezier(bends: 1), .chain(bends: 2)] {
      let recipe = Self.curve(problem, shape)
      let curve = try bench.make(recipe, inputs: joined)
      let trained: CurveResult = try bench.found(curve)
      #expect(trained.steps == 40 && trained.prunedWeights == 0)
      for bend in 1...shape.bends {
        _ = try bench.digest(curve, ArtifactFile.bend(bend))
      }
      let found: CurvePointsResult = try bench.found(
        try bench.make(
          Self.points(problem, shape), inputs: joined.merging([InputRole.curve: curve]) { $1 }))
      let records = try ends.map(bench.test)
      #expect(found.points.first?.evaluations[0].test == records[0])
      #expect(found.points.last?.evaluations[0].test == records[1])
      #expect(found.points.map(\.ensembles.count) == [1, 1, 1, 1, 1] && found.trios.count == 1)
      // The middle was trained: its training loss is lower than the segment's.
      let (own, straight) = (
        try #require(found.points[2].evaluations[0].train?.loss),
        try #require(segment.points[2].evaluations[0].train?.loss)
      )
      #expect(own < straight, "\(shape): \(own), \(straight)")
      #expect(found.products?.count == shape.bends + 2)
      if shape == .bezier(bends: 1) {
        #expect(
          found.points.map { 357 - $0.evaluations[0].test.correct } == Golden.wrong,
          "raise the golden values with the schema")
      }
      #expect(try comesBack(recipe, schema: 2))
      #expect(try comesBack(Self.points(problem, shape), schema: 3))
    }
  }

  @Test(
    "a plane's networks are those of its trainings and its curve",
    arguments: ["lenet-20", "resnet-8-4"])
  func planes(_ name: String) throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(NetworkSpecification(name)!)
    let ends = try (1...2).map { try bench.make(Self.end(problem, $0)) }
    let curve = try bench.make(
      Self.curve(problem, .bezier(bends: 1)),
      inputs: [InputRole.start: ends[0], InputRole.end: ends[1]])
    let recipe = PlaneRecipe(
      problem: problem,
      corners: [.checkpoint(iteration: 30), .checkpoint(iteration: 30), .bend(1)], side: 3,
      margin: 0.1, measurement: Self.measurement(problem))
    let plane: PlaneResult = try bench.found(
      try bench.make(
        recipe,
        inputs: Dictionary(uniqueKeysWithValues: zip(InputRole.corners, ends + [curve]))))
    #expect(plane.evaluations.map(\.count) == [3, 3, 3] && plane.networks.count == 3)
    #expect(try comesBack(recipe, schema: 2))
    if name == "lenet-20" {
      #expect(try plane.networks[0].test == bench.test(ends[0]))
    }
  }

  @Test("curves of sparse networks stay under their masks, and audit it")
  func masks() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [20]))
    func mask(_ stream: String) throws -> Artifact {
      let scored = ScoresRecipe(
        problem: problem,
        weights: .initialization(
          InitializationRecipe(
            initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
            stream: Self.root / "initialization 1")), criterion: .init(.random),
        scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .identity),
        stream: Self.root / stream)
      return try bench.make(
        MaskRecipe(
          problem: problem, scores: .artifact, density: Density("0.2")!, scope: .global,
          selection: .highest, excluded: []),
        inputs: [InputRole.scores: try bench.make(scored)])
    }
    let masks = (try mask("one"), try mask("two"))
    let ends = (
      try bench.make(Self.end(problem, 1), inputs: [InputRole.mask: masks.0]),
      try bench.make(Self.end(problem, 2), inputs: [InputRole.mask: masks.1])
    )
    func pruned(_ endMask: Artifact) throws -> CurveResult {
      try bench.found(
        try bench.make(
          Self.curve(problem, .chain(bends: 2)),
          inputs: [
            InputRole.start: ends.0, InputRole.end: ends.1, InputRole.startMask: masks.0,
            InputRole.endMask: endMask,
          ]))
    }
    let union = try pruned(masks.1)
    // Of two bends of 1,480 weights; two random fifths overlap in a twenty-fifth.
    #expect(union.prunedWeights == union.prunedWeightsAtZero)
    #expect((1800..<2000).contains(union.prunedWeights), "\(union.prunedWeights)")
    #expect(try pruned(masks.0).prunedWeights == 2 * (1480 - 296))
  }

  @Test("ends that diverged have no curve, and curves that diverge no points")
  func diverged() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [20]))
    let ends = try [(1, 0.05), (2, 0.05), (3, 1e30)].map {
      try bench.make(Self.end(problem, $0.0, rate: $0.1))
    }
    let broken = [InputRole.start: ends[0], InputRole.end: ends[2]]
    let shape = CurveShape.bezier(bends: 1)
    let none = try bench.make(Self.curve(problem, shape), inputs: broken)
    let nothing: Outcome<CurveResult> = try bench.result(none)
    #expect(nothing == .diverged(.input(role: InputRole.end)))
    let empty: Outcome<CurvePointsResult> = try bench.result(
      try bench.make(
        Self.points(problem, shape), inputs: broken.merging([InputRole.curve: none]) { $1 }))
    #expect(empty == .diverged(.input(role: InputRole.end)))

    let joined = [InputRole.start: ends[0], InputRole.end: ends[1]]
    let wild = try bench.make(Self.curve(problem, shape, rate: 1e30), inputs: joined)
    let result: Outcome<CurveResult> = try bench.result(wild)
    #expect(result == .diverged(.own(iteration: 1)))
    let points: Outcome<CurvePointsResult> = try bench.result(
      try bench.make(
        Self.points(problem, shape), inputs: joined.merging([InputRole.curve: wild]) { $1 }))
    #expect(points == .diverged(.input(role: InputRole.curve)))
    let plane: Outcome<PlaneResult> = try bench.result(
      try bench.make(
        PlaneRecipe(
          problem: problem,
          corners: [.checkpoint(iteration: 30), .checkpoint(iteration: 30), .bend(1)], side: 3,
          margin: 0, measurement: Self.measurement(problem)),
        inputs: Dictionary(
          uniqueKeysWithValues: zip(InputRole.corners, [ends[0], ends[1], wild]))))
    #expect(plane == .diverged(.input(role: "third")))
  }
}

/// What curve artifacts of this schema version are.
private enum Golden {
  /// Test examples classified wrongly at each point of the Bézier curve.
  static let wrong = [105, 90, 129, 148, 103]
}
