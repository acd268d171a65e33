import Experiments
import Foundation
import Randomness
import Recipes
import Testing

@testable import Laboratory

/// What a training saves for its successor is used only where it is what was saved.
@Suite(.serialized) struct CheckpointTests {
  let bench: Bench
  let recipe: TrainingRecipe
  let artifact: Artifact

  init() throws {
    bench = try Bench()
    let root = StreamPath(seed: 5)
    let source = DatasetSource.gaussianMixture(
      SyntheticSpecification(
        classes: 3, dimension: 10, train: 220, test: 100, separation: 3, seed: 2))
    recipe = TrainingRecipe(
      problem: Problem(
        network: .lenet(hidden: [12]),
        dataset: DatasetSpecification(
          source: source, digests: [], validation: 20, split: root / "validation",
          normalization: source.defaultNormalization)),
      weights: .initialization(
        InitializationRecipe(
          initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
          stream: root / "initialization")),
      training: TrainingSpecification(
        optimizer: .sgd(learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 16,
        duration: Step("3ep")!, evaluateEvery: Step("1ep")!),
      order: root / "order", keeps: [0, 5, 39], start: 0, scheduleStart: 0, reinitializes: nil)
    artifact = Artifact(
      kind: TrainingRecipe.kind, schema: TrainingRecipe.schema, recipe: try recipe.canonicalData(),
      label: "a")
  }

  /// Makes the artifact without publishing it, so that its checkpoints stay as a killed worker's would.
  func make(
    every interval: Duration = .zero, report: @escaping (Double) -> Void = { _ in }
  ) throws -> (result: Data, files: [String: Data]) {
    let folder = try bench.store.makeWorkspace(for: artifact.key)
    let assignment = Assignment(
      artifact: artifact, store: bench.store, folder: folder, report: report)
    let workbench = try Workbench(settings: WorkerSettings())
    workbench.checkpointInterval = interval
    let outcome = try workbench.make(assignment)
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    #expect(assignment.outputs.names == Set(files.keys))
    return (outcome.result, files)
  }

  /// The file of the last checkpoint of a name.
  func path(_ name: String) throws -> String {
    let folder = bench.store.paths.checkpoints(of: artifact.key)
    let files = try FileSystem.names(in: folder).filter { $0.hasPrefix("\(name).") }
    return "\(folder)/\(try #require(files.first))"
  }

  func flip(_ path: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  func cut(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
  }

  @Test("a damaged checkpoint or kept file beside it is told, and the training starts again")
  func damage() throws {
    defer { bench.remove() }
    let undisturbed = try make(every: .seconds(1000))
    #expect(undisturbed.files.count == 4)
    for name in ["training.safetensors", ArtifactFile.weights(after: 5)] {
      for harm in [flip, cut, { try FileSystem.remove($0) }] {
        // Resumed at the last step, where nothing is left to do.
        _ = try make()
        let resumed = try make()
        #expect(resumed.result == undisturbed.result && resumed.files == undisturbed.files)
        let path = try path(name)
        try harm(path)
        if FileSystem.isThere(path) {
          #expect(
            throws: LaboratoryError.damagedArtifact(artifact.key, .checkpointDiffers(file: name))
          ) { try make() }
        } else if name != "training.safetensors" {
          #expect(
            throws: LaboratoryError.damagedArtifact(artifact.key, .checkpointMissing(file: name))
          ) { try make() }
        }
        let again = try make()
        #expect(again.result == undisturbed.result && again.files == undisturbed.files)
      }
    }
  }

  @Test("weights that are damaged before they are delivered are not published")
  func damageOnTheWay() throws {
    defer { bench.remove() }
    let name = ArtifactFile.weights(after: 5)
    for harm in [flip, cut, { try FileSystem.remove($0) }] {
      var isHarmed = false
      let error = #expect(throws: LaboratoryError.self) {
        try make(every: .seconds(1000)) { fraction in
          guard fraction > 0.5, !isHarmed else { return }
          isHarmed = true
          do { try harm(path(name)) } catch { Issue.record(error) }
        }
      }
      #expect(isHarmed)
      let damages: [Damage] = [.checkpointDiffers(file: name), .checkpointMissing(file: name)]
      #expect(damages.map { .damagedArtifact(artifact.key, $0) }.contains(error))
    }
  }
}
