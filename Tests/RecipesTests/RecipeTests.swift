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
      source: .digits, digests: ["00ff"], validation: 144,
      split: StreamPath(seed: 1) / "validation split",
      normalization: DatasetSource.digits.defaultNormalization))
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
    criterion: .grasp(temperature: 200, absolute: false),
    scoring: ScoringSpecification(examples: .perClass(10), batchSize: 256, mode: .train),
    stream: stream)
  private static let scoresJSON =
    #"{"criterion":{"grasp":{"absolute":false,"temperature":200}},"device":"cpu","#
    + #""problem":\#(problemJSON),"scoring":{"batchSize":256,"examples":{"perClass":{"_0":10}},"#
    + #""mode":"train"},"stream":\#(streamJSON),"weights":{"checkpoint":{"iteration":7}}}"#

  private static let golden: [(any Work, String)] = [
    (
      TrainingRecipe(
        problem: problem, weights: .initialization(initialization),
        training: TrainingSpecification(
          optimizer: .sgd(learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 1e-4),
          schedule: LearningRateSchedule(
            warmup: .zero,
            shape: .steps(milestones: [Step(epochs: 1, iterations: 0)], factor: 0.1)),
          batchSize: 128, duration: Step(epochs: 2, iterations: 0),
          evaluateEvery: Step(epochs: 1, iterations: 0)),
        order: stream, keeps: [7], start: 0, scheduleStart: 0, reinitializes: nil),
      #"{"device":"cpu","keeps":[7],"order":\#(streamJSON),"precision":"float32","#
        + #""problem":\#(problemJSON),"scheduleStart":0,"start":0,"training":{"batchSize":128,"#
        + #""duration":"2ep","evaluateEvery":"1ep","optimizer":{"sgd":{"learningRate":0.1,"#
        + #""momentum":0,"nesterov":false,"weightDecay":0.0001}},"schedule":{"shape":{"steps":"#
        + #"{"factor":0.1,"milestones":["1ep"]}},"warmup":"0it"}},"#
        + #""weights":{"initialization":{"_0":\#(initializationJSON)}}}"#
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
      ShuffleRecipe(problem: problem, stream: stream),
      #"{"problem":\#(problemJSON),"stream":\#(streamJSON)}"#
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
      (CriterionSpecification.random, #"{"random":{}}"#),
      (.snip(.sumThenAbsolute), #"{"snip":{"_0":"sum-then-absolute"}}"#),
      (.gradientMagnitude, #"{"gradientMagnitude":{}}"#), (.taylorFO, #"{"taylorFO":{}}"#),
      (.obd(.exact, absolute: false), #"{"obd":{"_0":{"exact":{}},"absolute":false}}"#),
      (
        .obd(.hutchinson(probes: 3, exactUpTo: 4), absolute: true),
        #"{"obd":{"_0":{"hutchinson":{"exactUpTo":4,"probes":3}},"absolute":true}}"#
      ),
    ])
  func criteria(_ criterion: CriterionSpecification, _ json: String) throws {
    let data = try CanonicalJSON.encode(criterion)
    #expect(String(decoding: data, as: UTF8.self) == json)
    #expect(try JSONDecoder().decode(CriterionSpecification.self, from: data) == criterion)
    #expect(
      String(decoding: try CanonicalJSON.encode(Scope.allCases), as: UTF8.self)
        == #"["global","layerwise","erdos-renyi","erdos-renyi-kernel"]"#)
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

  @Test("measures are listed in one order, and left out where there are none")
  func measures() throws {
    func training(_ measures: Set<TrainingMeasure>) throws -> String {
      let recipe = TrainingRecipe(
        problem: Self.problem, weights: .initialization(Self.initialization),
        training: TrainingSpecification(
          optimizer: .sgd(learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 0),
          schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 128,
          duration: Step(epochs: 2, iterations: 0), evaluateEvery: Step(epochs: 1, iterations: 0)),
        order: Self.stream, keeps: [], start: 0, scheduleStart: 0, reinitializes: nil,
        measures: measures)
      let data = try recipe.canonicalData()
      #expect(try JSONDecoder().decode(TrainingRecipe.self, from: data) == recipe)
      return String(decoding: data, as: UTF8.self)
    }
    #expect(
      try training([.change, .testAtEarlyStop])
        .contains(#""measures":["test-at-early-stop","change"],"order""#))
    #expect(try !training([]).contains("measures"))
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
