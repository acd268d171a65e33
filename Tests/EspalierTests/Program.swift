import Foundation
import Testing

/// The built `espalier`, run as a user runs it, in a folder and with a store of its own.
struct Program {
  /// A folder that goes when the test ends.
  let folder: URL

  /// What a run left.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "espalier-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Where `swift build` puts products: beside this test's own executable.
  static let products = URL(
    fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  ).deletingLastPathComponent()

  /// The repository.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  func path(_ name: String) -> URL { folder.appending(path: name) }

  func write(_ text: String, to name: String) throws {
    try text.write(to: path(name), atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: path(name), encoding: .utf8)
  }

  /// Starts `espalier` with `arguments`; output goes to files in the folder.
  func start(
    _ arguments: [String], store: String = "store", to name: String = "run",
    environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = Self.products.appending(path: "espalier")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["ESPALIER_STORE": path(store).path, "XDG_CACHE_HOME": path("cache").path]) { $1 }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    for (suffix, keyPath) in [
      ("out", \Process.standardOutput), ("err", \Process.standardError),
    ] as [(String, ReferenceWritableKeyPath<Process, Any?>)] {
      let file = path("\(name).\(suffix)")
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
      process[keyPath: keyPath] = try FileHandle(forWritingTo: file)
    }
    try process.run()
    return process
  }

  /// Runs `espalier` with `arguments` to its end.
  func run(
    _ arguments: String..., store: String = "store", environment: [String: String] = [:]
  ) throws -> Outcome {
    let name = "run-\(UUID())"
    let process = try start(arguments, store: store, to: name, environment: environment)
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try read("\(name).out"),
      errors: try read("\(name).err"))
  }

  /// Every record's `result` in a store, by the artifact's path.
  func results(store: String = "store") throws -> [String: String] {
    let artifacts = path(store).appending(path: "artifacts")
    var results: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: artifacts.path)
    where name.hasSuffix("/record.json") {
      let data = try Data(contentsOf: artifacts.appending(path: name))
      let record = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      let result = try JSONSerialization.data(
        withJSONObject: record?["result"] ?? [:], options: .sortedKeys)
      results[name] = String(decoding: result, as: UTF8.self)
    }
    return results
  }

  /// Paths of the weights that states in a store keep, in the order of their labels.
  func weights(store: String = "store") throws -> [String] {
    struct Record: Decodable {
      let kind: String
      let label: String
      let files: [String: [String: Value]]
      enum Value: Decodable {
        case any
        init(from decoder: any Decoder) throws { self = .any }
      }
    }
    let artifacts = path(store).appending(path: "artifacts")
    return try FileManager.default.subpathsOfDirectory(atPath: artifacts.path)
      .filter { $0.hasSuffix("/record.json") }
      .map { artifacts.appending(path: $0) }
      .map { (try JSONDecoder().decode(Record.self, from: Data(contentsOf: $0)), $0) }
      .sorted { $0.0.label < $1.0.label }
      .flatMap { record, file in
        record.files.keys.filter { record.kind == "state" && $0.hasPrefix("weights-") }
          .map { file.deletingLastPathComponent().appending(path: $0).path }
      }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// A suite that runs in seconds.
  static let suite = """
    analysis: ablation
    question: Does anything matter here?
    replicates: 3
    network: lenet-16
    dataset:
      {name: gaussian-mixture, classes: 4, dimension: 16, train: 400, test: 200, separation: 3, seed: 1}
    training: {learning-rate: 0.1, batch-size: 32, duration: 3ep}
    densities: [50%, 20%]
    methods:
      random: random
      snip: snip
      synflow: {criterion: synflow, schedule: {exponential: 5}}
      late: {criterion: magnitude, mask-from: last, continue-from: 5it}
    ablations: [shuffle, reinitialize, invert-global, [invert-layerwise, shuffle]]
    statistics: {margin: 5}
    """
}
