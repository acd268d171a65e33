import Foundation
import Reports

/// Suites and tables of any size, written to a folder that goes when they are done with.
struct BenchmarkFiles {
  private let folder: URL

  /// Calls `body` with files of a new folder.
  static func withTemporaryFolder<Result>(_ body: (BenchmarkFiles) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "espalier-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(BenchmarkFiles(folder: folder))
  }

  /// One way each of finding scores.
  static let fourMethods = ["random", "magnitude", "snip", "grasp"].map { "\($0): \($0)" }

  /// Methods that differ in a number.
  static func methods(_ count: Int) -> [String] {
    ["random: random"] + (1..<count).map { "m\($0): {criterion: grasp, temperature: \($0)}" }
  }

  /// One way each of changing a mask or a start.
  static let fourAblations = ["shuffle", "reinitialize", "invert-global", "invert-layerwise"]

  /// The command that plans an ablation suite on a store with nothing in it.
  func planning(methods: [String], ablations: [String], densities: Int, replicates: Int) throws
    -> [String]
  {
    let suite = """
      analysis: ablation
      question: How long does planning take?
      seed: 1
      replicates: \(replicates)
      network: lenet-300-100
      dataset: digits
      initializer: kaiming-normal
      training: {optimizer: sgd, learning-rate: 0.1, batch-size: 64, duration: 20ep}
      densities: [\(Self.densities(densities).joined(separator: ", "))]
      methods:
        \(methods.joined(separator: "\n  "))
      ablations: [\(ablations.joined(separator: ", "))]
      statistics: {margin: 1, alpha: 0.05, split: test}

      """
    return ["plan", try write(suite, "\(methods.count).yaml"), "--store", path("store")]
  }

  /// The command that writes a report of a table with rows for every method, bare and under three ablations.
  func reporting(methods: Int, densities: Int, replicates: Int) throws -> [String] {
    var rows: [[String]] = []
    for method in 1...methods {
      for ablation in ["none"] + Self.fourAblations.dropLast() {
        for density in Self.densities(densities) {
          for replicate in 1...replicates {
            // Any numbers that repeat late.
            let accuracy = 9000 + rows.count * 7919 % 499
            rows.append(
              ["m\(method)", ablation, density, "\(replicate)", "\(Double(accuracy) / 100)"])
          }
        }
      }
    }
    let table = CSV(header: ["method", "ablation", "density", "replicate", "accuracy"], rows: rows)
    let name = "\(methods).csv"
    return [
      "report", "--records", try write(table.rendered(), name), "--output",
      path("report-\(methods)"),
    ]
  }

  private static func densities(_ count: Int) -> [String] { (1...count).map { "0.8^\(2 * $0)" } }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return path(name)
  }
}
