import Foundation
import Randomness
import Recipes
import Testing

/// The canonical encodings: a change here changes every key, so it needs a new schema version.
@Suite("Recipe")
struct RecipeTests {
  private static let problem = Problem(
    network: .lenet(hidden: [4]),
    dataset: DatasetSpecification(
      source: .init(.digits), digests: ["00ff"], validation: 144,
      split: StreamPath(seed: 1) / "validation split",
      normalization: DatasetSource(.digits).defaultNormalization))
  private static let problemJSON =
    #"{"dataset":{"digests":["00ff"],"normalization":{"fullScale":16,"mean":[0.3052],"#
    + #""standardDeviation":[0.376]},"source":{"digits":{}},"#
    + #""split":"seed 1 / validation split","validation":144},"network":"lenet-4"}"#

  private static let stream = StreamPath(seed: 1) / "replicate 1" / "order"
  private static let streamJSON = #""seed 1 / replicate 1 / order""#
  private static let initialization = InitializationRecipe(
    initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero), stream: stream)
  private static let initializationJSON =
    #"{"initializer":{"biases":"zero","weights":"kaiming-normal"},"stream":\#(streamJSON)}"#
  private static let scores = ScoresRecipe(
    problem: problem, weights: .checkpoint(iteration: 7),
    criterion: .init(.grasp),
    scoring: ScoringSpecification(examples: .perClass(10), batchSize: 256, mode: .train),
    stream: stream)
  private static let scoresJSON =
    #"{"criterion":{"grasp":{"absolute":false,"temperature":200}},"device":"cpu","#
    + #""problem":\#(problemJSON),"scoring":{"batchSize":256,"examples":{"perClass":{"_0":10}},"#
    + #""mode":"train"},"stream":\#(streamJSON),"weights":{"checkpoint":{"iteration":7}}}"#

  private static let walk = WalkRecipe(
    problem: problem, start: .initialization(initialization),
    training: TrainingSpecification(
      optimizer: .init(.sgd, ["learning-rate": 0.1, "weight-decay": 1e-4]),
      schedule: LearningRateSchedule(
        warmup: .zero, shape: .steps(milestones: [Step(epochs: 1, iterations: 0)], factor: 0.1)),
      batchSize: 128, duration: Step(epochs: 2, iterations: 0)), order: stream)
  private static let walkJSON =
    #"{"device":"cpu","firstStep":0,"order":\#(streamJSON),"precision":"float32","#
    + #""problem":\#(problemJSON),"scheduleOffset":0,"#
    + #""start":{"initialization":{"_0":\#(initializationJSON)}},"training":{"batchSize":128,"#
    + #""duration":"2ep","optimizer":{"sgd":{"learning-rate":0.1,"#
    + #""momentum":0,"nesterov":false,"weight-decay":0.0001}},"schedule":{"shape":{"steps":"#
    + #"{"factor":0.1,"milestones":["1ep"]}},"warmup":"0it"}}}"#

  private static let golden: [(any Work, String)] = [
    (StateRecipe(walk: walk, step: 7), #"{"step":7,"walk":\#(walkJSON)}"#),
    (
      TraceRecipe(walk: walk, end: 11, every: 2, splits: [.test, .validation]),
      #"{"end":11,"every":2,"splits":["validation","test"],"walk":\#(walkJSON)}"#
    ),
    (scores, scoresJSON),
    (
      MaskRecipe(
        problem: problem, scores: .iterative(scores, .exponential(iterations: 100)),
        density: Density("0.8^6") ?? .one, scope: .global, selection: .lowestWithinLayers,
        excluded: ["fc.weight"]),
      #"{"density":"0.262144","excluded":["fc.weight"],"problem":\#(problemJSON),"scope":"global","#
        + #""scores":{"iterative":{"_0":\#(scoresJSON),"_1":{"exponential":{"iterations":100}}}},"#
        + #""selection":"lowest-within-layers"}"#
    ),
    (
      MaskRecipe(
        problem: problem, scores: .artifact, density: Density("0.8^2") ?? .one, scope: .global,
        selection: .highest, excluded: [], ownDensities: ["fc.weight": Density("0.81") ?? .one]),
      #"{"density":"0.64","excluded":[],"ownDensities":{"fc.weight":"0.81"},"#
        + #""problem":\#(problemJSON),"scope":"global","scores":{"artifact":{}},"#
        + #""selection":"highest"}"#
    ),
    (
      AblatedMaskRecipe(problem: problem, ablation: .shuffle, stream: stream),
      #"{"ablation":{"shuffle":{}},"problem":\#(problemJSON),"stream":\#(streamJSON)}"#
    ),
    (
      ImportedMaskRecipe(problem: problem, digest: "ab", density: .one),
      #"{"density":"1","digest":"ab","problem":\#(problemJSON)}"#
    ),
  ]

  @Test("canonical encodings", arguments: golden.indices)
  func canonical(_ index: Int) throws {
    let (recipe, json) = Self.golden[index]
    #expect(String(decoding: try recipe.canonicalData(), as: UTF8.self) == json)
  }

  @Test(
    "criteria and scopes",
    arguments: [
      (CriterionSpecification(.random), #"{"random":{}}"#),
      (.init(.snip), #"{"snip":{"reading":"sum-then-absolute"}}"#),
      (.init(.gradientMagnitude), #"{"gradient-magnitude":{}}"#),
      (.init(.taylorFO), #"{"taylor-fo":{}}"#),
      (.init(.obd, ["exact": true]), #"{"obd":{"absolute":false,"exact":true}}"#),
      (
        .init(.obd, ["probes": 3, "exact-up-to": 4, "absolute": true]),
        #"{"obd":{"absolute":true,"exact":false,"exact-up-to":4,"probes":3}}"#
      ),
    ])
  func criteria(_ criterion: CriterionSpecification, _ json: String) throws {
    let data = try CanonicalJSON.encode(criterion)
    #expect(String(decoding: data, as: UTF8.self) == json)
    #expect(try JSONDecoder().decode(CriterionSpecification.self, from: data) == criterion)
    #expect(
      String(decoding: try CanonicalJSON.encode(Scope.allCases), as: UTF8.self)
        == #"["global","layerwise","erdos-renyi","erdos-renyi-kernel","row"]"#)
  }

  @Test("recipes come back from their encodings", arguments: golden.indices)
  func roundTrip(_ index: Int) throws {
    func check<Kind: Work>(_ recipe: Kind) throws {
      let data = try recipe.canonicalData()
      #expect(try JSONDecoder().decode(Kind.self, from: data) == recipe)
      #expect(try CanonicalJSON.encode(recipe) == data)
    }
    try check(Self.golden[index].0)
  }

  @Test("a reinitialization is what starts with other values, layer by layer")
  func reinitialization() {
    func state(_ start: [String]) -> StateResult {
      StateResult(
        outcome: .diverged(.own(iteration: 0)), steps: 0, prunedWeightsAtZero: 0, prunedWeights: 0,
        start: start)
    }
    func audit(_ fresh: [String]) -> [Int] {
      let found = TrainingResult.Reinitialization(
        of: state(["a", "b", "c"]), to: state(fresh), kept: [5, 7, 11])
      return [found.differing, found.kept]
    }
    #expect(audit(["x", "y", "z"]) == [23, 23])
    #expect(audit(["x", "b", "z"]) == [16, 23])
    #expect(audit(["a", "b", "c"]) == [0, 23])
  }

  @Test("problems are put where they belong, equal ones and others")
  func problems() throws {
    let other = Problem(network: .lenet(hidden: [5]), dataset: Self.problem.dataset)
    let recipe = MaskRecipe(
      problem: other, scores: .iterative(Self.scores, .linear(iterations: 2)), density: .one,
      scope: .global, selection: .highest, excluded: [])
    #expect(try recipe.canonicalData() == CanonicalJSON.encode(recipe))
    #expect(try recipe.canonicalData() == CanonicalJSON.encode(recipe))
  }

  @Test("every kind has a name of its own")
  func kinds() {
    #expect(Works.all.count == Set(Works.all.map { $0.kind }).count)
    #expect(Works.all.allSatisfy { $0.schema >= 1 })
  }
}
