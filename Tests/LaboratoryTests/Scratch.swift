import Foundation
import Glibc
import Testing

@testable import Laboratory

/// A folder of a test's own, deleted at its end, with a store and what the test worker leaves.
final class Scratch {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "laboratory-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var store: Store { Store(root: folder + "/store") }

  /// The labels of what workers computed, one for each time they began.
  var log: [String] { lines("log") }
  /// The process ids of workers.
  var pids: [Int32] { workers.map(\.pid) }

  /// The workers that were started, alive and dead.
  var workers: [RecordedProcess] { lines("pids").compactMap(RecordedProcess.init(line:)) }

  func lines(_ name: String) -> [String] {
    let text = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// The test worker's program, beside this one.
  static var executable: String {
    get throws {
      let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return FileSystem.folder(of: program) + "/laboratory-test-worker"
    }
  }

  /// The steps that were made of a walk, in their order.
  func steps(_ name: String) -> [Int] { lines("log-\(name)").compactMap { Int($0) } }

  func coordinator(
    workers: Int = 2, arguments: [String] = [], settings: [String: String] = [:],
    store: Store? = nil, notes: Notes = Notes()
  ) throws -> Coordinator {
    let standard = ["log": folder + "/log", "pids": folder + "/pids"]
    var coordinator = Coordinator(
      store: store ?? self.store, workers: workers, executable: try Scratch.executable,
      arguments: arguments, settings: standard.merging(settings) { $1 },
      display: ProgressDisplay(style: .quiet, now: { 0 }, write: { notes.text += $0 }))
    // Tests share a process, and signals belong to all of it.
    coordinator.noticesSignals = false
    return coordinator
  }

  /// Starts another process that coordinates a plan.
  func startCoordinator(_ plan: Plan, workers: Int = 2) throws -> Process {
    let path = folder + "/plan-\(UUID().uuidString).json"
    try JSONEncoder().encode(plan).write(to: URL(fileURLWithPath: path))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Scratch.executable)
    process.arguments = [
      "coordinate", store.paths.root, path, "\(workers)", folder + "/log", folder + "/pids",
    ]
    process.standardOutput = Pipe()
    process.standardError = Pipe()
    try process.run()
    return process
  }

  /// Publishes an artifact without workers.
  @discardableResult
  func publish(
    _ artifact: Artifact, result: String = #"{"value":1}"#, provenance: String = "{}",
    files: [String: String] = ["value.txt": "one"]
  ) throws -> Bool {
    try store.prepare()
    let workspace = try store.makeWorkspace(for: artifact.key)
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(fileURLWithPath: workspace + "/" + name))
    }
    let outcome = WorkOutcome(result: Data(result.utf8), provenance: Data(provenance.utf8))
    return try store.publish(artifact, outcome, from: workspace)
  }

  func path(_ name: String, of artifact: Artifact) -> String {
    store.paths.artifact(artifact.key, kind: artifact.kind) + "/" + name
  }

  func overwrite(_ name: String, of artifact: Artifact, with text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name, of: artifact)))
  }

  /// The results of a plan's artifacts, in its order.
  func results(_ plan: Plan) throws -> [Data] {
    try plan.artifacts.map { try store.record(of: $0.key).result }
  }

  /// Names in the folders that hold nothing once all is done.
  var leftovers: [String] {
    [store.paths.temporary, store.paths.claims, store.paths.checkpoints]
      .flatMap { (try? FileSystem.names(in: $0)) ?? ["unreadable"] }
  }
}

/// What a display wrote.
final class Notes { var text = "" }

/// An artifact for the test worker.
func artifact(
  _ label: String, _ recipe: String = #"{"value":1}"#, inputs: [Artifact] = [],
  kind: String = "number", cost: Double = 1, family: String? = nil, walk: Walk? = nil,
  keeps: Set<String> = []
) -> Artifact {
  let roles = inputs.enumerated().map { ("input \($0.offset)", $0.element.key) }
  return Artifact(
    kind: kind, schema: 1, recipe: Data(recipe.utf8),
    inputs: Dictionary(uniqueKeysWithValues: roles), label: label, cost: cost,
    family: family, walk: walk, keeps: keeps)
}

/// The state of the test worker's walk `walk` after `step` steps, labelled `name/step`.
///
/// - Parameter more: further members of the walk's recipe.
func state(
  _ name: String, _ step: Int, more: String = "", inputs: [Artifact] = [],
  keeps: Set<String> = ["weights.txt"], cost: Double = 1, family: String? = nil
) -> Artifact {
  let recipe = #"{"name":"\#(name)","seed":7\#(more.isEmpty ? "" : ",\(more)")}"#
  let roles = inputs.enumerated().map { ("input \($0.offset)", $0.element.key) }
  let id = Walk.beginning(recipe: Data(recipe.utf8))
    .key(inputs: Dictionary(uniqueKeysWithValues: roles))
  return artifact(
    "\(name)/\(step)", #"{"step":\#(step),"walk":\#(recipe)}"#, inputs: inputs, kind: "state",
    cost: cost, family: family, walk: Walk(id: id, position: step), keeps: keeps)
}

/// Layers of artifacts, each of which needs two of the layer before.
func layeredPlan(layers: Int, width: Int, sleep: Double, suite: String = "layers") throws -> Plan {
  var all: [Artifact] = []
  var last: [Artifact] = []
  for layer in 0..<layers {
    last = (0..<width).map { place in
      let inputs = last.isEmpty ? [] : [last[place], last[(place + 1) % width]]
      let recipe = #"{"layer":\#(layer),"sleep":\#(sleep),"value":\#(place)}"#
      return artifact("\(layer)/\(place)", recipe, inputs: inputs, cost: sleep)
    }
    all += last
  }
  return try Plan(suite: suite, artifacts: all)
}

/// Waits until something is so; fails the test after a long time.
func wait(
  for what: Comment, location: SourceLocation = #_sourceLocation, until isSo: () throws -> Bool
) rethrows {
  for _ in 0..<6000 {
    if try isSo() { return }
    usleep(10_000)
  }
  Issue.record(what, sourceLocation: location)
}

/// A process that told its id and its start time.
///
/// An id alone would be any process or thread that got it later: ids come round within one run of all tests.
struct RecordedProcess: Hashable {
  let pid: Int32
  let startTime: UInt64

  init?(line: String) {
    let fields = line.split(separator: " ")
    guard fields.count == 2, let pid = Int32(fields[0]), let startTime = UInt64(fields[1]) else {
      return nil
    }
    self.pid = pid
    self.startTime = startTime
  }

  var isRunning: Bool { Owner.startTime(of: pid) == startTime }
}
