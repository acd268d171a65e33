import Digests
import Foundation
import Laboratory
import Randomness
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Decoding suites")
struct SuiteDecoderTests {
  private func ranking(_ method: Method) throws -> RankingSpecification {
    guard case .ranking(let ranking, _) = method.source else {
      throw CocoaError(.featureUnsupported)
    }
    return ranking
  }

  private func method(_ yamlOfMethod: String, more: String = "") throws -> Method {
    try #require(
      design(try decode(yaml(methods: "{m: \(yamlOfMethod)}", more: more))).methods.first)
  }

  @Test("what a suite leaves out")
  func defaults() throws {
    let decoded = try decode(
      """
      analysis: ablation
      network: lenet-300-100
      dataset: digits
      training: {duration: 8ep}
      densities: [10%]
      methods: {random: random}
      """
    )
    let suite = decoded.suite
    #expect(suite.seed == 1)
    #expect(suite.replicates == 8)
    #expect(suite.initializer == InitializerSpecification(weights: .kaimingNormal, biases: .zero))
    #expect(
      suite.training
        == TrainingSpecification(
          optimizer: .init(.sgd, ["learning-rate": 0.1]),
          schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 128,
          duration: Step(epochs: 8, iterations: 0)))
    #expect(suite.evaluateEvery == Step(epochs: 1, iterations: 0))
    #expect(suite.problem.dataset.validation == 144)
    #expect(suite.problem.dataset.split == StreamPath(seed: 1) / "validation split")
    let design = design(decoded)
    #expect(design.recordsDense)
    #expect(
      design.rules
        == DecisionRules(
          metric: .accuracy, margin: 0.5, alpha: 0.05, family: .suite, split: .test,
          chance: 100 * 45.0 / 357,
          primaryDensities: design.densities))
    #expect(
      design.methods.map(\.ablations) == [
        [[.shuffle], [.reinitialize], [.invertGlobal], [.invertLayerwise]].map {
          AblationCombination($0)
        }
      ])
  }

  @Test("each criterion has the defaults of its paper")
  func criteria() throws {
    let none = ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval)
    let ten = ScoringSpecification(examples: .perClass(10), batchSize: 256, mode: .train)
    let expected: [(String, CriterionSpecification, ScoringSpecification, PruningSchedule)] = [
      ("random", .init(.random), none, .oneShot), ("magnitude", .init(.magnitude), none, .oneShot),
      ("gradient", .init(.gradient), ten, .oneShot),
      ("snip", .init(.snip, ["reading": "sum-then-absolute"]), ten, .oneShot),
      ("grasp", .init(.grasp, ["temperature": 200, "absolute": false]), ten, .oneShot),
      ("gradient-magnitude", .init(.gradientMagnitude), ten, .oneShot),
      ("taylor-fo", .init(.taylorFO), ten, .oneShot),
      (
        "obd",
        .init(
          .obd, ["exact": false, "probes": 100, "exact-up-to": 0, "absolute": false]),
        ScoringSpecification(examples: .perClass(10), batchSize: 256, mode: .eval), .oneShot
      ),
      (
        "synflow", .init(.synflow),
        ScoringSpecification(examples: .total(0), batchSize: 1, mode: .identity),
        .exponential(iterations: 100)
      ),
    ]
    for (name, criterion, scoring, schedule) in expected {
      let ranking = RankingSpecification(
        criterion: criterion, scoring: scoring, scope: .global, schedule: schedule, excluded: [])
      #expect(try self.ranking(method(name)) == ranking)
      #expect(try self.ranking(method("{criterion: \(name)}")) == ranking)
    }
  }

  @Test("everything a method can state")
  func fullMethod() throws {
    let method = try method(
      "{criterion: snip, reading: absolute-then-mean, examples: 500, batch-size: 60,"
        + " batch-norm: eval, scope: layerwise, schedule: {linear: 5}, exclude: [fc.weight],"
        + " mask-from: 2ep, continue-from: 1ep3it, schedule-from: 0it, ablations: [[reinitialize,"
        + " shuffle, invert-layerwise], shuffle]}")
    #expect(
      method.source
        == .ranking(
          RankingSpecification(
            criterion: .init(.snip, ["reading": "absolute-then-mean"]),
            scoring: ScoringSpecification(examples: .total(500), batchSize: 60, mode: .eval),
            scope: .layerwise, schedule: .linear(iterations: 5), excluded: ["fc.weight"]),
          maskFrom: .step(Step(epochs: 2, iterations: 0))))
    #expect(
      method.continuation
        == Continuation(
          weights: .step(Step(epochs: 1, iterations: 3)), length: .schedule(from: .zero)))
    #expect(
      method.ablations.map(\.name) == ["invert-layerwise + shuffle + reinitialize", "shuffle"])
  }

  @Test(
    "how training goes on",
    arguments: [
      ("mask-from: last", TrainingPoint.step(.zero), Continuation.Length.schedule(from: .zero)),
      (
        "continue-from: 2ep", .step(Step(epochs: 2, iterations: 0)),
        .schedule(from: Step(epochs: 2, iterations: 0))
      ),
      ("continue-from: last, schedule-from: 0it", .last, .schedule(from: .zero)),
      (
        "continue-from: last, fine-tune: 2ep", .last,
        .fineTuning(Step(epochs: 2, iterations: 0))
      ),
    ])
  func continuations(_ text: String, _ weights: TrainingPoint, _ length: Continuation.Length) throws
  {
    #expect(
      try method("{criterion: magnitude, \(text)}").continuation
        == Continuation(weights: weights, length: length))
  }

  @Test(
    "the options of OBD",
    arguments: [
      ("probes: 7", ["probes": 7]),
      ("exact-up-to: 200, absolute: true", ["probes": 100, "exact-up-to": 200, "absolute": true]),
      ("exact: true", ["exact": true]),
      ("exact: false, probes: 3", ["probes": 3]),
    ] as [(String, [String: OptionValue])])
  func optimalBrainDamage(_ text: String, _ options: [String: OptionValue]) throws {
    #expect(
      try ranking(method("{criterion: obd, \(text)}")).criterion
        == CriterionSpecification(.obd, options))
  }

  @Test("scopes by name; uniform is layerwise")
  func scopes() throws {
    let names = Scope.allCases.map { ($0.rawValue, $0) } + [("uniform", Scope.layerwise)]
    #expect(names.map(\.0).contains("erdos-renyi-kernel"))
    for (name, scope) in names {
      #expect(try ranking(method("{criterion: random, scope: \(name)}")).scope == scope)
    }
  }

  @Test("iterative SNIP and GraSP by their schedule")
  func iterativeCriteria() throws {
    for name in ["snip", "grasp"] {
      let found = try ranking(method("{criterion: \(name), schedule: {exponential: 10}}"))
      #expect(found.schedule == .exponential(iterations: 10))
      #expect(found.scoring.mode == .train)
    }
  }

  @Test("one iteration is one shot, and excluded tensors come in network order")
  func canonicalForms() throws {
    #expect(try ranking(method("{criterion: snip, schedule: {linear: 1}}")).schedule == .oneShot)
    let text = yaml(methods: "{m: {criterion: snip, exclude: [fc.weight, fc_layers.1.weight]}}")
      .replacing("lenet-20", with: "lenet-20-20")
    let method = try #require(design(try decode(text)).methods.first)
    #expect(try ranking(method).excluded == ["fc_layers.1.weight", "fc.weight"])
  }

  @Test(
    "optimizers",
    arguments: [
      (
        "learning-rate: .5, momentum: 0.9, nesterov: true, weight-decay: 5e-4",
        OptimizerSpecification(
          .sgd, ["learning-rate": 0.5, "momentum": 0.9, "nesterov": true, "weight-decay": 5e-4])
      ),
      (
        "optimizer: adam",
        .init(
          .adam,
          [
            "learning-rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8,
            "weight-decay": 0,
          ])
      ),
      (
        "optimizer: adamw, beta1: 0.5, beta2: 0.6, epsilon: 1",
        .init(
          .adamW,
          ["learning-rate": 0.001, "beta1": 0.5, "beta2": 0.6, "epsilon": 1, "weight-decay": 0.01])
      ),
    ])
  func optimizers(_ text: String, _ optimizer: OptimizerSpecification) throws {
    let suite = try decode(yaml().replacing("batch-size: 162", with: text)).suite
    #expect(suite.training.optimizer == optimizer)
  }

  @Test(
    "learning-rate schedules",
    arguments: [
      ("constant", LearningRateSchedule.Shape.constant), ("cosine", .cosine(final: 0)),
      ("{cosine: {final: 0.01}}", .cosine(final: 0.01)),
      (
        "{steps: {at: [6ep, 7it], factor: 0.5}}",
        .steps(
          milestones: [Step(epochs: 0, iterations: 7), Step(epochs: 6, iterations: 0)], factor: 0.5)
      ),
    ])
  func schedules(_ text: String, _ shape: LearningRateSchedule.Shape) throws {
    let text = yaml().replacing("batch-size: 162", with: "schedule: \(text), warmup: 1ep")
    #expect(
      try decode(text).suite.training.schedule
        == LearningRateSchedule(warmup: Step(epochs: 1, iterations: 0), shape: shape))
  }

  @Test("datasets")
  func datasets() throws {
    let mixture = try decode(
      yaml().replacing(
        "digits", with: "{name: gaussian-mixture, classes: 4, dimension: 16, train: 400, test: 200}"
      )
    ).suite.problem.dataset
    let size: [String: OptionValue] = [
      "classes": 4, "dimension": 16, "train": 400, "test": 200, "separation": 3, "seed": 1,
    ]
    #expect(mixture.source == DatasetSource(.gaussianMixture, size))
    #expect(mixture.digests.isEmpty)
    #expect(mixture.validation == 40)
    let teacher = try decode(
      yaml().replacing(
        "digits",
        with: "{name: teacher-student, classes: 4, dimension: 16, train: 400, test: 200, seed: 7,"
          + " validation: 0, normalization: {full-scale: 1, mean: [2], standard-deviation: 3}}")
    ).suite.problem.dataset
    #expect(
      teacher.source
        == DatasetSource(
          .teacherStudent, ["classes": 4, "dimension": 16, "train": 400, "test": 200, "seed": 7]))
    #expect(teacher.validation == 0)
    #expect(teacher.normalization == Normalization(fullScale: 1, mean: [2], standardDeviation: [3]))
  }

  @Test("densities are read from their text")
  func densities() throws {
    let text = yaml().replacing("[0.8^3, 10%]", with: "[0.1, '1/3', 0.30000000000000001, 1]")
    #expect(
      design(try decode(text)).densities.map(\.description)
        == ["0.1", "1/3", "0.30000000000000001", "1"])
  }

  @Test("mask files have the ablations that need no scores")
  func maskDefaults() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let files = [mask(keeping: 758), mask(keeping: 148)]
    try scratch.write("1-0.512", files[0])
    try scratch.write("1-0.1", files[1])
    let decoded = try decode(
      yaml(methods: "{random: random, m: {masks: '{replicate}-{density}'}}", more: "replicates: 1"),
      folder: scratch.url)
    let method = try #require(design(decoded).methods.last)
    #expect(method.ablations.map(\.name) == ["shuffle", "reinitialize"])
    let digests = files.map { Digest.sha256(of: $0).hexadecimal }
    #expect(
      method.source == .masks(MaskFiles(pattern: "{replicate}-{density}", digests: [digests])))
    #expect(decoded.settings.maskPaths[digests[1]]?.hasSuffix("/1-0.1") == true)
    #expect(decoded.settings.folder == scratch.url.path(percentEncoded: false))
  }

  @Test("a density without decimals names a mask file by an underscore")
  func maskNames() {
    #expect(
      MaskFiles.path("m/{replicate}/{density}", replicate: 3, density: Density("1/3") ?? .one)
        == "m/3/1_3")
  }

  @Test("a command's files are digested, its other arguments are not")
  func command() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("scores.py", "a")
    let decoded = try decode(
      yaml(
        methods: "{m: {criterion: {command: [python3, scores.py, '--level', 3], timeout: 2.5s}}}"),
      folder: scratch.url)
    let method = try #require(design(decoded).methods.first)
    #expect(
      try ranking(method).criterion
        == CriterionSpecification(
          CommandSpecification(
            arguments: ["python3", "scores.py", "--level", "3"],
            digests: [
              "scores.py": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
            ],
            timeout: 2.5)))
  }
}
