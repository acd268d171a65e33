import Foundation
import Laboratory
import Recipes
import Tensors

/// Where a program's training stands: files that it wrote.
struct ProgramState {
  /// Optimizer steps since initialization.
  let step: Int
  /// Its weights.
  let weights: URL
  /// What its optimizer remembers; `nil` where it remembers nothing.
  let memory: URL?
  /// What was seen so far, by names of the caller's.
  var traces: [String: TraceResult] = [:]
}

extension URL {
  /// The file, where there is one and it is not empty.
  var holdingAnything: URL? {
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    return size ?? 0 > 0 ? self : nil
  }
}

/// Keeps what of a program's training must outlive a worker.
final class ProgramKeeper {
  private static let name = "program.safetensors"

  private struct Facts: Codable {
    let step: Int
    let traces: [String: TraceResult]
  }

  private let assignment: Assignment
  private let interval: Duration
  private let clock = ContinuousClock()
  private var lastSaved: ContinuousClock.Instant

  /// Keeps where a training stands, each `interval`.
  init(_ assignment: Assignment, every interval: Duration) {
    (self.assignment, self.interval) = (assignment, interval)
    lastSaved = clock.now
  }

  /// The state of the last checkpoint, its files written to `scratch`; `nil` where there is none, or another version
  /// wrote it.
  ///
  /// - Throws: `LaboratoryError.damagedArtifact` where a checkpoint is not what was saved: the work starts again, and
  ///   the user is told.
  func resumed(in scratch: URL) throws -> ProgramState? {
    guard let path = try assignment.store.checkpoint(Self.name, of: assignment.id),
      let contents = try? Safetensors(readingFrom: URL(fileURLWithPath: path)),
      let text = contents.metadata["training"],
      let facts = try? JSONDecoder().decode(Facts.self, from: Data(text.utf8))
    else { return nil }
    let folder = try scratch.appendingPathComponent("to-checkpoint").madeAnew()
    func file(_ name: String) throws -> URL {
      let file = folder.appendingPathComponent(name)
      try Data(contents.tensor(name).elements(of: UInt8.self)).write(to: file)
      return file
    }
    return ProgramState(
      step: facts.step, weights: try file("weights"), memory: try file("memory").holdingAnything,
      traces: facts.traces)
  }

  /// Saves a checkpoint if the last one is old enough.
  func saveIfDue(_ state: ProgramState) throws {
    guard clock.now - lastSaved >= interval else { return }
    lastSaved = clock.now
    func bytes(_ file: URL?) throws -> Tensor {
      let bytes = try file.map { [UInt8](try Data(contentsOf: $0)) } ?? []
      return try Tensor(bytes, shape: [bytes.count])
    }
    let facts = Facts(step: state.step, traces: state.traces)
    let metadata = ["training": String(decoding: try CanonicalJSON.encode(facts), as: UTF8.self)]
    let tensors = [("weights", try bytes(state.weights)), ("memory", try bytes(state.memory))]
    try assignment.store.saveCheckpoint(Self.name, of: assignment.id) {
      try Safetensors.write(tensors, to: URL(fileURLWithPath: $0), metadata: metadata)
    }
  }
}
