import Foundation
import Laboratory
import Randomness
import Recipes
import Tensors
import Testing

@testable import Experiments

/// What artifacts of alignments and of dropout stability hold, and what they must agree with: the records
/// of trainings and paths.
@Suite(.serialized) struct AlignmentBehaviourTests {
  private static let root = StreamPath(seed: 5)

  private static func problem(_ network: NetworkSpecification) -> Problem {
    Problem(
      network: network,
      dataset: DatasetSpecification(
        source: .init(.digits), digests: [DatasetSource(.digits).descriptor.embeddedDigest!],
        validation: 144,
        split: root / "validation", normalization: DatasetSource(.digits).defaultNormalization))
  }

  private static func training(_ problem: Problem, _ name: String, rate: Double = 0.05)
    -> StateRecipe
  {
    StateRecipe(
      walk: WalkRecipe(
        problem: problem,
        start: .initialization(
          InitializationRecipe(
            initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
            stream: root / name / "initialization")),
        training: TrainingSpecification(
          optimizer: .init(.sgd, ["learning-rate": .number(rate), "momentum": 0.9]),
          schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 64,
          duration: Step(epochs: 0, iterations: 60)),
        order: root / name / "order"), step: 60)
  }

  private static func measurement(_ problem: Problem) -> PointMeasurement {
    PointMeasurement(
      of: problem, trainingExamples: 300, statistics: StatisticsPolicy.allCases,
      statisticsExamples: 300, seed: 5)
  }

  private static func alignment(_ problem: Problem) -> AlignmentRecipe {
    AlignmentRecipe(
      problem: problem, startIteration: 60, endIteration: 60, attempts: 2,
      stream: root / "matching")
  }

  private static func path(_ problem: Problem) -> SegmentRecipe {
    SegmentRecipe(
      problem: problem, startIteration: 60, endIteration: 60, points: 5,
      measurement: measurement(problem))
  }

  private static func stability(_ problem: Problem) -> DropoutStabilityRecipe {
    DropoutStabilityRecipe(
      problem: problem, startIteration: 60, endIteration: 60, measurement: measurement(problem),
      draws: 2, stream: root / "halves", pointsWithin: 2)
  }

  @Test(
    "an aligned network is the same network nearer by", arguments: ["lenet-30-20", "resnet-8-4"])
  func alignment(_ name: String) throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(NetworkSpecification(name)!)
    let ends = try ["a", "b"].map { try bench.make(Self.training(problem, $0)) }
    let inputs = [InputRole.start: ends[0], InputRole.end: ends[1]]
    let aligned = try bench.make(Self.alignment(problem), inputs: inputs)
    let matching: AlignmentResult = try bench.found(aligned)
    #expect(matching.distanceAfter < matching.distanceBefore && matching.moved > 0)
    #expect(zip(matching.objectives, matching.objectives.dropFirst()).contains { $0 < $1 })
    let before: SegmentResult = try bench.found(
      try bench.make(Self.path(problem), inputs: inputs))
    let after: SegmentResult = try bench.found(
      try bench.make(
        Self.path(problem), inputs: [InputRole.start: ends[0], InputRole.end: aligned]))
    #expect(abs(before.geometry.distance - matching.distanceBefore) < 1e-9)
    #expect(abs(after.geometry.distance - matching.distanceAfter) < 1e-9)
    let (one, other) = (before.evaluations.last![0].test, after.evaluations.last![0].test)
    #expect(abs(one.correct - other.correct) <= 1 && abs(one.loss! - other.loss!) < 1e-4)
    #expect(after.evaluations[2] != before.evaluations[2])
  }

  @Test("a mask moves with the network that it belongs to")
  func masks() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [12]))
    let scores = ScoresRecipe(
      problem: problem,
      weights: .initialization(
        InitializationRecipe(
          initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
          stream: Self.root / "b" / "initialization")), criterion: .init(.random),
      scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval),
      stream: Self.root / "scores")
    let scored = try bench.make(scores)
    let mask = try bench.make(
      MaskRecipe(
        problem: problem, scores: .artifact, density: Density("0.3")!, scope: .global,
        selection: .highest, excluded: []), inputs: [InputRole.scores: scored])
    let dense = try bench.make(Self.training(problem, "a"))
    let sparse = try bench.make(
      Self.training(problem, "b"), inputs: [InputRole.mask: mask])
    let aligned = try bench.make(
      Self.alignment(problem),
      inputs: [InputRole.start: dense, InputRole.end: sparse, InputRole.mask: mask])
    let weights = try Safetensors(
      readingFrom: URL(
        fileURLWithPath: bench.store.verifiedFile(
          ArtifactFile.weights(after: 60), of: aligned.key)))
    let moved = try Safetensors(
      readingFrom: URL(
        fileURLWithPath: bench.store.verifiedFile(ArtifactFile.mask, of: aligned.key)))
    for (name, kept) in moved.tensors {
      let values = try weights.tensor(name).elements(of: Float.self)
      let flags = try kept.elements(of: Bool.self)
      #expect(zip(values, flags).allSatisfy { ($0 != 0) == $1 }, "\(name)")
    }
    let original = try bench.digest(mask, ArtifactFile.mask)
    #expect(try bench.digest(aligned, ArtifactFile.mask) != original)
  }

  @Test("stability and its path agree with the trainings; the path keeps its bound")
  func stability() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [21, 16]))
    let ends = try ["a", "b"].map { try bench.make(Self.training(problem, $0)) }
    let recipe = Self.stability(problem)
    let artifact = try bench.make(
      recipe, inputs: [InputRole.start: ends[0], InputRole.end: ends[1]])
    let found: DropoutStabilityResult = try bench.found(artifact)
    let records = try ends.map(bench.test)
    #expect(found.start.whole.test == records[0] && found.end.whole.test == records[1])
    #expect(found.start.drops.map(\.layer) == ["fc_layers.1", "fc_layers.0"])
    #expect(found.start.drops.map(\.units) == [16, 21])
    #expect(found.start.drops.map(\.kept) == [8, 10])
    #expect(found.positions.count == 3 * found.segments.count + 1)
    #expect(found.positions.count == found.evaluations.count)
    let connection = try #require(found.connection)
    #expect(connection.verdict(rounding: EpsilonConnection.rounding) == .connected)
    #expect(try #require(found.epsilon) > 0.001, "halving a small network costs")
    #expect(try comesBack(recipe, schema: 2))
    #expect(try comesBack(Self.alignment(problem), schema: 2))
  }

  @Test("trainings that diverged have nothing to align or to join")
  func diverged() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.lenet(hidden: [10]))
    let ends = [
      try bench.make(Self.training(problem, "a")),
      try bench.make(Self.training(problem, "b", rate: 1e30)),
    ]
    let inputs = [InputRole.start: ends[0], InputRole.end: ends[1]]
    let aligned = try bench.make(Self.alignment(problem), inputs: inputs)
    let alignment: Outcome<AlignmentResult> = try bench.result(aligned)
    #expect(alignment == .diverged(.input(role: InputRole.end)))
    let path: Outcome<SegmentResult> = try bench.result(
      try bench.make(
        Self.path(problem), inputs: [InputRole.start: ends[0], InputRole.end: aligned]))
    #expect(path == .diverged(.input(role: InputRole.end)))
    let stability: Outcome<DropoutStabilityResult> = try bench.result(
      try bench.make(Self.stability(problem), inputs: inputs))
    #expect(stability == .diverged(.input(role: InputRole.end)))
  }

  @Test("dropout stability of a network with batch norm is refused with the layer's name")
  func refused() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let problem = Self.problem(.resnet(depth: 8, width: 4))
    let error = #expect(throws: PlainNetworkError.self) {
      try bench.make(Self.stability(problem))
    }
    #expect(error == .batchNorm("bn.weight"))
  }
}
