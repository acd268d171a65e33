import Foundation
import Glibc
@testable import Laboratory

/// What a test asks of the worker.
struct Recipe: Decodable {
  /// The result is this plus the inputs' results.
  var value: Int?
  /// The walk that it is a state of.
  var walk: WalkRecipe?
  /// Seconds of work.
  var sleep: Double?
  /// An error to throw.
  var fail: String?
  /// A signal to raise after half of the file is written.
  var signal: Int32?
  /// A line to print on standard output before anything else.
  var say: String?
  /// The size of the file; by default that of the value's decimal digits.
  var bytes: Int?
  /// A file that makes `signal` and `fail` happen only where it does not exist yet, and is then made.
  var once: String?
  /// Whether to start from a checkpoint `state`, a number, where there is one.
  var resumes: Bool?
}

struct TestFailure: Error, CustomStringConvertible { let description: String }

func append(_ line: String, to path: String?) {
  guard let path else { return }
  let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
  let text = line + "\n"
  _ = text.withCString { write(descriptor, $0, strlen($0)) }
  close(descriptor)
}

/// The sum of the inputs' results, each input's files read: `weights.txt` of a walk's states.
func sum(ofInputsOf assignment: Assignment) throws -> Int {
  try assignment.artifact.inputs.values.reduce(0) { sum, key in
    struct Result: Decodable { var value: Int? }
    let record = try assignment.store.record(of: key)
    let name = record.kind == "state" ? "weights.txt" : "value.txt"
    if !record.withholds.contains(name) {
      let file = try assignment.store.verifiedFile(name, of: key)
      guard FileManager.default.fileExists(atPath: file) else {
        throw TestFailure(description: file)
      }
    }
    return sum + (try JSONDecoder().decode(Result.self, from: record.result).value ?? 0)
  }
}

func serve() -> Never {
  WorkerService.serve { _, settings in
    append("\(Owner.current.pid) \(Owner.current.startTime)", to: settings["pids"])
    if let refusal = settings["refuse"] { throw TestFailure(description: refusal) }
    return settings
  } run: { assignment, settings in
    let recipe = try JSONDecoder().decode(Recipe.self, from: assignment.artifact.recipe)
    if let walk = recipe.walk {
      let first = try walk.seed + sum(ofInputsOf: assignment)
      return try Walker(walk, assignment, settings).walk(from: first)
    }
    append(assignment.artifact.label, to: settings["log"])
    if let line = recipe.say { print(line); fflush(nil) }
    var value = recipe.value ?? 0
    if recipe.resumes == true,
      let path = try assignment.store.checkpoint("state", of: assignment.artifact.key)
    {
      value = Int(try String(contentsOfFile: path, encoding: .utf8)) ?? 0
    }
    value += try sum(ofInputsOf: assignment)
    let digits = Data(String(value).utf8)
    let contents = recipe.bytes.map { Data(repeating: 55, count: $0) } ?? digits
    let path = assignment.path(ofOutput: "value.txt")
    try contents.prefix(contents.count / 2).write(to: URL(fileURLWithPath: path))
    var isDue = true
    if let once = recipe.once {
      isDue = !FileManager.default.fileExists(atPath: once)
      append("", to: once)
    }
    if isDue, let signal = recipe.signal { kill(getpid(), signal); pause() }
    if isDue, let message = recipe.fail { throw TestFailure(description: message) }
    let steps = 20
    for step in 0..<steps {
      if let sleep = recipe.sleep { usleep(UInt32(sleep / Double(steps) * 1e6)) }
      assignment.report(Double(step + 1) / Double(steps))
    }
    try contents.write(to: URL(fileURLWithPath: path))
    let outcome = WorkOutcome(
      result: Data(#"{"value":\#(value)}"#.utf8),
      provenance: Data(#"{"pid":\#(getpid()),"seconds":\#(recipe.sleep ?? 0.01)}"#.utf8))
    try assignment.publish(assignment.artifact, outcome)
  }
}

/// `coordinate <store> <plan> <workers> <log> <pids>`
func coordinate(_ arguments: [String]) throws -> Int32 {
  let plan = try JSONDecoder().decode(
    Plan.self, from: Data(contentsOf: URL(fileURLWithPath: arguments[1])))
  let coordinator = Coordinator(
    store: Store(root: arguments[0]), workers: Int(arguments[2]) ?? 1,
    executable: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
    settings: ["log": arguments[3], "pids": arguments[4]])
  let summary = try coordinator.run(plan)
  print(summary)
  return summary.interruption != nil ? 2 : summary.isComplete ? 0 : 1
}

/// `publish <store>`: an artifact of several files, from this process.
func publish(_ arguments: [String]) throws {
  let store = Store(root: arguments[0])
  try store.prepare()
  let artifact = Artifact(
    kind: "number", schema: 1, recipe: Data("{}".utf8), label: "several files")
  let workspace = try store.makeWorkspace(for: artifact.key)
  for name in ["a", "b", "c"] {
    try Data(name.utf8).write(to: URL(fileURLWithPath: "\(workspace)/\(name)"))
  }
  try store.publish(artifact, WorkOutcome(result: Data("{}".utf8)), from: workspace)
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case nil: serve()
case "coordinate": exit(try coordinate(Array(arguments.dropFirst())))
case "publish": try publish(Array(arguments.dropFirst()))
case "die":
  FileHandle.standardError.write(Data("no such library\n".utf8))
  exit(3)
default: exit(64)
}
