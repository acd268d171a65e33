import Foundation
import Glibc
@testable import Laboratory

/// What a test asks of a walk; its artifacts' recipes are `{"step":…,"walk":{…}}`.
///
/// A step makes of a value the next one, and counts a line `step` in a file of the walk's own; a state after k
/// steps is its value, and in `weights.txt`, where that is kept, what the walk can go on from.
struct WalkRecipe: Decodable {
  /// The first value is this plus the inputs' results.
  var seed: Int
  /// The name of the file that counts steps, among the settings.
  var name: String
  /// Seconds of each step.
  var sleep: Double?
  /// After every so many steps there is a checkpoint.
  var checkpoint: Int?
  /// After this many steps it diverges.
  var diverges: Int?
  /// After this many steps its process is killed, where the file `once` does not exist yet, and is then made.
  var dies: Int?
  var once: String?
  /// A file where steps go astray while it exists.
  var astray: String?
  /// An error to throw after this many steps.
  var fails: Int?
  /// A state that it forgets to publish.
  var forgets: Int?
}

struct Walker {
  let recipe: WalkRecipe
  let assignment: Assignment
  let settings: [String: String]
  /// The artifacts, the missing and the present ones, by their steps.
  let missing: [Int: Artifact]
  let present: [Int: Artifact]

  init(_ recipe: WalkRecipe, _ assignment: Assignment, _ settings: [String: String]) {
    self.recipe = recipe
    self.assignment = assignment
    self.settings = settings
    func byStep(_ artifacts: [Artifact]) -> [Int: Artifact] {
      Dictionary(uniqueKeysWithValues: artifacts.map { ($0.walk?.position ?? 0, $0) })
    }
    missing = byStep(assignment.missing)
    present = byStep(assignment.present)
  }

  /// Walks from the latest state there is to the last one that is missing.
  func walk(from first: Int) throws {
    let end = missing.keys.max() ?? 0
    var (step, value) = try start(from: first)
    try reach(step, value)
    while step < end {
      if let sleep = recipe.sleep { usleep(UInt32(sleep * 1e6)) }
      step += 1
      value = (value * 31 + step) % 1_000_003
      if let astray = recipe.astray, FileManager.default.fileExists(atPath: astray) { value += 1 }
      append("\(step)", to: settings["log"].map { "\($0)-\(recipe.name)" })
      if let every = recipe.checkpoint, step % every == 0 {
        try assignment.store.saveCheckpoint("state", of: assignment.id) {
          try Data("\(step) \(value)".utf8).write(to: URL(fileURLWithPath: $0))
        }
      }
      try reach(step, value)
      assignment.report(Double(step) / Double(end))
      if step == recipe.dies, let once = recipe.once,
        !FileManager.default.fileExists(atPath: once)
      {
        append("", to: once)
        kill(getpid(), SIGKILL)
        pause()
      }
      if step == recipe.fails { throw TestFailure(description: "stumbled at \(step)") }
    }
  }

  private func start(from first: Int) throws -> (step: Int, value: Int) {
    let needed = missing.keys.min() ?? 0
    var start = (step: 0, value: first)
    for (step, artifact) in present where step > start.step && step < needed {
      guard artifact.keeps.contains("weights.txt") else { continue }
      let path = try assignment.store.verifiedFile("weights.txt", of: artifact.key)
      start = (step, Int(try String(contentsOfFile: path, encoding: .utf8)) ?? 0)
    }
    if let path = try assignment.store.checkpoint("state", of: assignment.id) {
      let numbers = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ")
        .compactMap { Int($0) }
      if numbers.count == 2, numbers[0] > start.step, numbers[0] <= needed {
        start = (numbers[0], numbers[1])
      }
    }
    return start
  }

  /// Publishes the state, or compares it with what is there.
  private func reach(_ step: Int, _ value: Int) throws {
    let diverged = recipe.diverges.map { step >= $0 } ?? false
    let result = Data((diverged ? #"{"diverged":true}"# : #"{"value":\#(value)}"#).utf8)
    if let artifact = present[step] { try assignment.audit(artifact, result: result) }
    guard let artifact = missing[step], step != recipe.forgets else { return }
    for name in artifact.keeps where !diverged {
      // What is not weights is another number of the same step.
      let text = name == "weights.txt" ? "\(value)" : "\(name) \(value)"
      let path = assignment.path(ofOutput: name, of: artifact)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    append(artifact.label, to: settings["log"])
    try assignment.publish(
      artifact,
      WorkOutcome(
        result: result,
        provenance: Data(#"{"pid":\#(getpid()),"seconds":\#(recipe.sleep ?? 0.01)}"#.utf8),
        withholds: diverged ? artifact.keeps : []))
  }
}
