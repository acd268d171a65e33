import Foundation
import Randomness
import Recipes
import Testing

@testable import Laboratory

/// What a walk saves for its successor is used only where it is what was saved, and fits what is asked.
@Suite(.serialized) struct CheckpointTests {
  private static let name = "training.safetensors"

  let bench: Bench
  let (early, middle, last, trace): (Artifact, Artifact, Artifact, Artifact)

  init() throws {
    bench = try Bench()
    let root = StreamPath(seed: 5)
    let source = DatasetSource(
      .gaussianMixture,
      ["classes": 3, "dimension": 10, "train": 220, "test": 100, "separation": 3, "seed": 2])
    let walk = WalkRecipe(
      problem: Problem(
        network: .lenet(hidden: [12]),
        dataset: DatasetSpecification(
          source: source, digests: [], validation: 20, split: root / "validation",
          normalization: source.defaultNormalization)),
      start: .initialization(
        InitializationRecipe(
          initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
          stream: root / "initialization")),
      training: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.1, "momentum": 0.9]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 16,
        duration: Step("3ep")!), order: root / "order")
    early = try bench.artifact(StateRecipe(walk: walk, step: 5))
    middle = try bench.artifact(StateRecipe(walk: walk, step: 20))
    last = try bench.artifact(StateRecipe(walk: walk, step: 39))
    trace = try bench.artifact(
      TraceRecipe(walk: walk, end: 39, every: 13, splits: [.validation]))
  }

  /// Makes what is missing, the early state first, and is stopped when the next one would be published: a checkpoint
  /// of the step before stays.
  private func breakOff(_ missing: [Artifact]) throws {
    let folder = bench.store.paths.temporary
    #expect(throws: (any Error).self) {
      try bench.make(missing, checkpoints: .zero) { report in
        if case .done = report {
          for name in (try? FileSystem.names(in: folder)) ?? [] {
            try? FileSystem.remove("\(folder)/\(name)")
          }
        }
      }
    }
    #expect(try bench.store.state(of: early) == .whole)
    _ = try path()
  }

  /// The file of the checkpoint.
  private func path() throws -> String {
    let folder = bench.store.paths.checkpoints(of: early.walkID)
    let files = try FileSystem.names(in: folder).filter { $0.hasPrefix("\(Self.name).") }
    return "\(folder)/\(try #require(files.first))"
  }

  /// The records and files of an undisturbed pass.
  private func undisturbed() throws -> [Key: Record] {
    let other = try Bench()
    defer { other.remove() }
    let all = [early, middle, last, trace]
    try other.make(all)
    return Dictionary(
      uniqueKeysWithValues: try all.map { ($0.key, try other.store.record(of: $0.key)) })
  }

  private func expect(_ artifacts: [Artifact], _ wanted: [Key: Record]) throws {
    for artifact in artifacts {
      let (found, wanted) = (try bench.store.record(of: artifact.key), wanted[artifact.key])
      #expect(found.result == wanted?.result, "\(artifact.label)")
      #expect(found.files == wanted?.files, "\(artifact.label)")
    }
  }

  private func flip(_ path: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  private func cut(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
  }

  @Test("a pass goes on from its checkpoint; a damaged one is told, and the walk begins again")
  func damage() throws {
    defer { bench.remove() }
    let wanted = try undisturbed()
    let harms: [(String) throws -> Void] = [{ _ in }, { try flip($0) }, { try cut($0) }]
    for harm in harms {
      try breakOff([early, last, trace])
      let path = try path()
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      try harm(path)
      if try Data(contentsOf: URL(fileURLWithPath: path)) != whole {
        #expect(
          throws: LaboratoryError.damagedArtifact(
            early.walkID, .checkpointDiffers(file: Self.name))
        ) { try bench.make([last, trace], present: [early]) }
      }
      try bench.make([last, trace], present: [early])
      try expect([early, last, trace], wanted)
      for artifact in [early, last, trace] { try bench.store.removeForTest(artifact) }
    }
  }

  @Test("a checkpoint beyond what is asked, or that has not seen what is asked, is left alone")
  func unsuitable() throws {
    defer { bench.remove() }
    let wanted = try undisturbed()
    try breakOff([early, last])
    // Step 20 was passed.
    try bench.make([middle], present: [early])
    try expect([middle], wanted)
    try bench.store.removeForTest(early)
    try breakOff([early, last])
    // Validation at 13 and 26 was not looked at.
    try bench.make([last, trace], present: [early])
    try expect([early, last, trace], wanted)
  }
}

extension Store {
  /// Takes an artifact away.
  fileprivate func removeForTest(_ artifact: Artifact) throws {
    try FileSystem.remove(paths.artifact(artifact.key, kind: artifact.kind))
  }
}
