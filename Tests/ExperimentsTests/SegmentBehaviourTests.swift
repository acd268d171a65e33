import Foundation
import Laboratory
import Randomness
import Recipes
import Tensors
import Testing

@testable import Experiments

/// What path artifacts hold, and what they must agree with: the records of the trainings at their ends.
@Suite(.serialized) struct SegmentBehaviourTests {
  private static let root = StreamPath(seed: 5)

  private static func problem(
    _ network: NetworkSpecification, augmentation: Augmentation? = nil
  ) -> Problem {
    Problem(
      network: network,
      dataset: DatasetSpecification(
        source: .init(.digits), digests: [DatasetSource(.digits).descriptor.embeddedDigest!],
        validation: 144,
        split: root / "validation", normalization: DatasetSource(.digits).defaultNormalization,
        augmentation: augmentation))
  }

  private static func training(
    _ problem: Problem, order: String, from iteration: Int = 0, to step: Int = 30,
    rate: Double = 0.05
  ) -> StateRecipe {
    StateRecipe(
      walk: WalkRecipe(
        problem: problem,
        start: iteration == 0
          ? .initialization(
            InitializationRecipe(
              initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
              stream: root / "initialization")) : .checkpoint(iteration: iteration),
        training: TrainingSpecification(
          optimizer: .init(.sgd, ["learning-rate": .number(rate), "momentum": 0.9]),
          schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 64,
          duration: Step(epochs: 0, iterations: 30)),
        order: root / order, firstStep: iteration), step: step)
  }

  private static func path(
    _ problem: Problem, points: Int = 5, parent: WeightsSource? = nil
  ) -> SegmentRecipe {
    SegmentRecipe(
      problem: problem, startIteration: 30, endIteration: 30, points: points,
      measurement: PointMeasurement(
        of: problem, trainingExamples: 200, statistics: StatisticsPolicy.allCases,
        statisticsExamples: 300, seed: 5), parent: parent)
  }

  @Test(
    "ends are what their trainings recorded, to the bit", arguments: ["lenet-30-20", "resnet-8-4"])
  func ends(_ name: String) throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(NetworkSpecification(name)!)
    let parent = try bench.make(Self.training(problem, order: "order", to: 10))
    let children = try ["child 1", "child 2"].map {
      try bench.make(
        Self.training(problem, order: $0, from: 10),
        inputs: [InputRole.weights: parent])
    }
    let recipe = Self.path(problem, parent: .checkpoint(iteration: 10))
    let artifact = try bench.make(
      recipe,
      inputs: [
        InputRole.start: children[0], InputRole.end: children[1], InputRole.weights: parent,
      ])
    let path: SegmentResult = try bench.found(artifact)
    let records = try children.map(bench.test)
    #expect(path.evaluations.first?[0].test == records[0])
    #expect(path.evaluations.last?[0].test == records[1])
    #expect(records[0] != records[1])
    #expect(path.evaluations.allSatisfy { $0.count == (name == "resnet-8-4" ? 2 : 1) })
    let parted = try #require(path.geometry.fromParent)
    #expect(parted.start > 0 && parted.end > 0 && (1..<179).contains(parted.angle ?? 0))
    #expect(path.geometry.distance > 0)
    let disagreement = try #require(path.disagreement)
    #expect(disagreement.count == 357 && (0...1).contains(disagreement.expected))
    #expect(try comesBack(recipe, schema: 1))
    if name == "lenet-30-20" {
      #expect(
        path.values(.error, on: .test).compactMap(\.self).map { Int((3.57 * $0).rounded()) }
          == Golden.wrong, "raise the golden values with the schema")
    }
  }

  @Test("another order or another child's augmentation is another child; equal ones are equal")
  func orders() throws {
    let bench = try Bench()
    defer { bench.remove() }
    for augmentation in [nil, Augmentation(flip: false, crop: 1)] {
      let problem = Self.problem(.lenet(hidden: [20]), augmentation: augmentation)
      let digests = try ["child 1", "child 2"].map { order in
        try bench.digest(
          try bench.make(Self.training(problem, order: order)),
          ArtifactFile.weights(after: 30))
      }
      #expect(digests[0] != digests[1])
    }
  }

  @Test("distances of subnetworks are from the parent under their mask")
  func maskedParent() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [20]))
    let initial = WeightsSource.initialization(
      InitializationRecipe(
        initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
        stream: Self.root / "initialization"))
    let scores = try bench.make(
      ScoresRecipe(
        problem: problem, weights: initial, criterion: .init(.random),
        scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval),
        stream: Self.root / "scores"))
    let mask = try bench.make(
      MaskRecipe(
        problem: problem, scores: .artifact, density: Density("0.1")!, scope: .global,
        selection: .highest, excluded: []), inputs: [InputRole.scores: scores])
    let ends = try ["child 1", "child 2"].map {
      try bench.make(
        Self.training(problem, order: $0, rate: 1e-6),
        inputs: [InputRole.mask: mask])
    }
    func parted(_ more: [String: Artifact]) throws -> Double {
      let path: SegmentResult = try bench.found(
        try bench.make(
          Self.path(problem, points: 2, parent: initial),
          inputs: [InputRole.start: ends[0], InputRole.end: ends[1]].merging(more) { $1 }))
      return try #require(path.geometry.fromParent).start
    }
    // So small a learning rate moves nothing far, but pruning did.
    #expect(try parted([InputRole.mask: mask]) < 1e-2)
    #expect(try parted([:]) > 1)
  }

  @Test("there is no path from a training that diverged")
  func diverged() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [20]))
    let ends = try [0.05, 1e30].map {
      try bench.make(Self.training(problem, order: "order", rate: $0))
    }
    let result: StateResult = try bench.result(ends[1])
    #expect(result.outcome == .diverged(.own(iteration: 1)))
    let path: Outcome<SegmentResult> = try bench.result(
      try bench.make(
        Self.path(problem), inputs: [InputRole.start: ends[0], InputRole.end: ends[1]]))
    #expect(path == .diverged(.input(role: InputRole.end)))
  }
}

/// What path artifacts of this schema version are.
private enum Golden {
  /// Test examples classified wrongly at each point.
  static let wrong = [60, 56, 45, 47, 60]
}
