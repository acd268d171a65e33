import Foundation
import Testing

@Suite struct OwnDataTests {
  /// Two clusters in a plane, of which one coordinate has a thousand times the other's scale.
  private static func table(_ count: Int) -> String {
    "height,income,label\n"
      + (0..<count).map { index in
        let label = index % 2
        let jitter = Double(index * 37 % 19) / 19 - 0.5
        return "\(Double(label) + jitter / 4),\(1000 * (Double(1 - label) + jitter / 4)),\(label)"
      }.joined(separator: "\n") + "\n"
  }

  private static let suite = """
    analysis: ablation
    network: lenet-8
    dataset: {name: file, train: data/train.csv, test: data/test.csv}
    training: {learning-rate: 0.1, batch-size: 16, duration: 3ep}
    densities: [50%]
    methods: {random: random, snip: snip}
    ablations: [shuffle]
    replicates: 3
    """

  private func program() throws -> Program {
    let program = try Program()
    for folder in ["s/data", "elsewhere"] {
      try FileManager.default.createDirectory(
        at: program.path(folder), withIntermediateDirectories: true)
    }
    try program.write(Self.table(200), to: "s/data/train.csv")
    try program.write(Self.table(40), to: "s/data/test.csv")
    try program.write(Self.suite, to: "s/suite.yaml")
    return program
  }

  @Test(
    "tables train under worker processes, from the suite's folder, and keep their keys when moved")
  func runs() throws {
    let program = try program()
    defer { program.remove() }
    let first = try program.run("run", "s/suite.yaml", "--workers", "2")
    try #require(first.status == 0, "\(first.errors)")
    let results = try program.results()
    #expect(results.count > 6)
    let report = try String(
      contentsOf: program.path("s/report.md"), encoding: .utf8)
    #expect(report.contains("file: 2 × 1 × 1, 2 classes"))
    #expect(report.contains("both of all training examples"))
    #expect(report.contains("| SHA-256 of train "))
    // Two clusters this far apart are learnt, whatever their scales: the columns were normalized.
    let records = try program.read("s/records.csv")
    let accuracy = try #require(records.firstMatch(of: /dense,none,1,1,([0-9.]+)/))
    #expect(try #require(Double(accuracy.1)) > 95)
    // The same bytes elsewhere are the same examples.
    for name in ["train.csv", "test.csv"] {
      try FileManager.default.moveItem(
        at: program.path("s/data/\(name)"), to: program.path("elsewhere/\(name)"))
    }
    try program.write(
      Self.suite.replacing("data/", with: "../elsewhere/"), to: "s/suite.yaml")
    let second = try program.run("run", "s/suite.yaml", "--workers", "2")
    try #require(second.status == 0, "\(second.errors)")
    #expect(try program.results() == results)
  }

  @Test("bad files stop before anything runs")
  func refuses() throws {
    let program = try program()
    defer { program.remove() }
    try program.write(
      Self.table(200).replacing("\n0.0", with: "\n?"), to: "s/data/train.csv")
    let outcome = try program.run("run", "s/suite.yaml")
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("suite.yaml:3: dataset.train: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("column `height`: `?"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: program.path("store/artifacts").path))
  }
}
