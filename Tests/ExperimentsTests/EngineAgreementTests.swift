import Datasets
import Digests
import Engines
import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing
import Training

@testable import Experiments

/// A LeNet as a PyTorch module by the protocol, beside the toolkit's own from the same weights in the same order.
@Suite(
  .enabled(
    if: ["ESPALIER_PYTHON", "ESPALIER_DATA"].allSatisfy {
      ProcessInfo.processInfo.environment[$0] != nil
    },
    """
    set ESPALIER_PYTHON to a Python that has PyTorch, and ESPALIER_DATA to the folder that holds MNIST's four IDX files, \
    to run these
    """))
struct EngineAgreementTests {
  private static let files = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]
  private static let order = StreamPath(seed: 1) / "replicate 1" / "order"

  private let session: EngineSession
  private let network: Network
  private let dataset: Dataset
  private let start: Weights
  private let scratch: URL

  init() throws {
    let environment = ProcessInfo.processInfo.environment
    let python = try #require(environment["ESPALIER_PYTHON"])
    let data = URL(fileURLWithPath: try #require(environment["ESPALIER_DATA"]))
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    scratch = try FileManager.default.temporaryDirectory
      .appendingPathComponent("agreement-\(UUID())").madeAnew()
    for path in [
      "Tests/Engines/lenet_engine.py", "Sources/Analyses/Templates/espalier_engine.py",
    ] {
      let file = root.appendingPathComponent(path)
      try FileManager.default.copyItem(
        at: file, to: scratch.appendingPathComponent(file.lastPathComponent))
    }
    let command = ["env", "MNIST=\(data.path)", python, "lenet_engine.py"]
    let process = try EngineProcess(command, in: scratch, number: 0, patience: 300)
    let description = try process.ask(Describe())
    process.end()
    var settings = WorkerSettings()
    settings.folder = scratch.path
    session = EngineSession(
      EngineSpecification(arguments: command, digests: [:], description: description), settings)

    let source = DatasetSource(.mnist)
    let paths = Dictionary(
      uniqueKeysWithValues: source.files.map { name in
        let plain = data.appendingPathComponent(name).path
        return (name, FileManager.default.fileExists(atPath: plain) ? plain : plain + ".gz")
      })
    dataset = try Dataset(
      DatasetSpecification(
        source: source,
        digests: try source.files.map { try Digest.sha256(ofFile: paths[$0]!).hexadecimal },
        validation: 0, split: StreamPath(seed: 1) / "validation split",
        normalization: source.defaultNormalization), paths: paths)
    network = Network(.lenet(hidden: [300, 100]), input: source.shape, classes: 10)
    start = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 1) / "replicate 1" / "initialization")
    try start.write(to: scratch.appendingPathComponent("start.safetensors"))
  }

  /// The largest difference of a weight after so many steps of both.
  private func worst(after steps: Int, under mask: Mask?) throws -> (weights: Double, loss: Double)
  {
    let specification = TrainingSpecification(
      optimizer: .init(.sgd, ["learning-rate": 0.1]),
      schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 128,
      duration: Step(epochs: 0, iterations: steps))
    let training = try Training(
      network: network, dataset: dataset, specification: specification, order: Self.order,
      mask: mask)
    var state = try training.begin(with: start, at: 0)
    #expect(try training.run(&state, to: steps) == .finished)
    let own = try network.evaluate(state.weights, on: .test, of: dataset)

    let walk = WalkRecipe(
      problem: Problem(network: network.specification, dataset: dataset.specification),
      start: .checkpoint(iteration: 0), training: specification, order: Self.order)
    let order = scratch.appendingPathComponent("order.safetensors")
    try ProgramOrder(of: walk).write(steps: 0..<steps, to: order)
    let maskFile = scratch.appendingPathComponent("mask.safetensors")
    try mask?.write(to: maskFile)
    let folder = try scratch.appendingPathComponent("steps").madeAnew()
    let answer = try session.ask(
      Train(
        weights: scratch.appendingPathComponent("start.safetensors").path, state: nil,
        mask: mask == nil ? nil : maskFile.path, from: 0, to: steps, duration: steps,
        scheduleOffset: 0, order: order.path, seed: 1, keep: [steps], folder: folder.path))
    #expect(answer.diverged == nil)
    let file = folder.appendingPathComponent(Train.weights(after: steps))
    let theirs = try session.weights(in: file, of: network, "")
    let evaluation = try session.evaluate(
      file, under: mask == nil ? nil : maskFile, on: .test, in: scratch
    ).evaluation
    var worst = 0.0
    for (a, b) in zip(state.weights.tensors, theirs.tensors) {
      for (x, y) in zip(try a.inOrder().elements(of: Float.self), try b.elements(of: Float.self)) {
        worst = max(worst, Double(abs(x - y)))
      }
    }
    #expect(abs(own.correct - evaluation.correct) <= (steps > 10 ? 20 : 1))
    let losses = (try #require(own.loss), try #require(evaluation.loss))
    return (worst, abs(losses.0 - losses.1))
  }

  @Test("after 1 and 10 steps no weight differs by more than 1e-5, dense and under a mask")
  func steps() throws {
    defer { try? FileManager.default.removeItem(at: scratch) }
    let masks: [Mask?] = [nil, try masks(by: .init(.snip)).own]
    for (mask, words) in zip(masks, ["dense", "SNIP's 5 %"]) {
      for steps in [1, 10, 100] {
        let (weights, loss) = try worst(after: steps, under: mask)
        print("\(words), \(steps) steps: weights differ by \(weights), test losses by \(loss)")
        if steps <= 10 { #expect(weights < 1e-5 && loss < 1e-5) }
      }
    }
  }

  /// Masks that keep 5 % by both.
  private func masks(by criterion: CriterionSpecification) throws -> (own: Mask, program: Mask) {
    let mode = criterion.descriptor.mode.standard ?? .eval
    let scoring = ScoringSpecification(examples: .perClass(10), batchSize: 64, mode: mode)
    let stream = StreamPath(seed: 1) / "scoring" / criterion.name
    let batches = try dataset.scoringSet(scoring, stream: stream)
    let parts = try session.parts(of: scoring, stream: stream, in: scratch)
    let file = scratch.appendingPathComponent("start.safetensors")
    func pruned(_ makesProgram: Bool) throws -> Mask {
      let scope: Scope = criterion == .wanda ? .row : .global
      let schedule = PruningSchedule.exponential(iterations: criterion == .synflow ? 20 : 1)
      return try IterativePruning(
        schedule: schedule, density: Density("0.05")!, scope: scope, excluded: []
      ).run(from: Mask(keepingAllOf: network), keeping: .highest) { mask, _ in
        try Scoring(
          network: network, weights: start, mask: mask, batches: makesProgram ? [] : batches,
          mode: mode, path: stream, folder: scratch,
          program: makesProgram
            ? ProgramScores(
              session, network, weights: file, mask: mask, parts: parts, mode: mode, in: scratch)
            : nil
        ).scores(by: criterion)
      }.mask
    }
    return (try pruned(false), try pruned(true))
  }

  @Test(
    "every criterion gives the same mask",
    arguments: [
      CriterionSpecification(.random), .init(.magnitude), .init(.gradient),
      .init(.gradientMagnitude), .init(.snip), .init(.taylorFO), .init(.grasp),
      .init(.obd, ["probes": 10]), .init(.wanda), .init(.synflow),
    ])
  func criteria(criterion: CriterionSpecification) throws {
    defer { try? FileManager.default.removeItem(at: scratch) }
    let (own, program) = try masks(by: criterion)
    let differing = zip(own.layers, program.layers).reduce(0) { sum, pair in
      sum + zip(pair.0.kept, pair.1.kept).count { $0 != $1 }
    }
    print(
      "\(criterion.name): \(differing) of \(own.layers.reduce(0) { $0 + $1.kept.count }) differ")
    #expect(differing == 0)
  }

  /// Suites of both networks, laid side by side, need the same starts.
  @Test(
    "the starts of five replicates are written for lenet_engine.py",
    .enabled(
      if: ProcessInfo.processInfo.environment["ESPALIER_STARTS"] != nil,
      "set ESPALIER_STARTS to a folder to write them"))
  func starts() throws {
    defer { try? FileManager.default.removeItem(at: scratch) }
    let folder = URL(
      fileURLWithPath: try #require(ProcessInfo.processInfo.environment["ESPALIER_STARTS"]))
    for replicate in 1...5 {
      for name in ["initialization", "reinitialization"] {
        let stream = StreamPath(seed: 1) / "replicate \(replicate)" / name
        let weights = try Weights(
          initializing: network,
          with: InitializerSpecification(weights: .kaimingNormal, biases: .zero), path: stream)
        try weights.write(to: folder.appendingPathComponent("\(stream.seedOfProgram).safetensors"))
      }
    }
  }
}
