import ArgumentParser
import Foundation
import Laboratory
import Reports
import Suites

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the report of a suite, or of accuracies trained elsewhere.",
    discussion: """
      With a suite, its records are taken from the store. With --records, a table takes their place: \
      one row per run with the columns method, ablation, density, replicate and accuracy (percent), \
      as in any records.csv; further columns of a records.csv fill further tables.
      """)

  @Argument(help: "The suite file.", completion: .file(extensions: ["yaml", "yml"]))
  var suite: String?

  @Option(help: "A table of accuracies in place of a suite.")
  var records: String?

  @Option(help: "A folder that holds datasets; may be repeated. Default: ESPALIER_DATA.")
  var data: [String] = []

  @OptionGroup var storeOptions: StoreOptions

  @Option(help: "Folder to write to. Default: the suite's or table's folder.")
  var output: String?

  @Option(help: "With --records: differences within this many accuracy points count as none.")
  var margin = 0.5

  @Option(help: "With --records: level of each one-sided test.")
  var alpha = 0.05

  @Option(help: "With --records: root of the random streams of the statistics.")
  var seed: UInt64 = 1

  @Option(help: "With --records: accuracy of guessing in percent, what a diverged run counts as.")
  var chance = 10.0

  @Option(help: "With --records: the question that the report opens with.")
  var question = "Does the accuracy of pruned networks change under ablations of their masks?"

  func validate() throws {
    if (suite == nil) == (records == nil) {
      throw ValidationError("give a suite file or --records FILE, one of the two")
    }
    guard (0...100).contains(chance) else {
      throw ValidationError("--chance \(chance): write a percentage from 0 to 100")
    }
    guard DecisionRules.margins.contains(margin) else {
      throw ValidationError("--margin \(margin): write \(DecisionRules.marginForm)")
    }
    guard DecisionRules.alphas.contains(alpha) else {
      throw ValidationError("--alpha \(alpha): write \(DecisionRules.alphaForm)")
    }
  }

  func run() throws {
    if let suite {
      var arguments = [suite]
      for folder in data { arguments += ["--data", folder] }
      if let store = storeOptions.store { arguments += ["--store", store] }
      let options = try SuiteOptions.parse(arguments)
      let (planned, store) = (try options.planned(), storeOptions.opened)
      guard try !store.assess(planned.plan).cached.isEmpty else {
        note(
          "Error: the store has none of the \(Format.count(planned.plan.artifacts.count, "artifact")) of"
            + " \(suite); run it first: espalier run \(suite)")
        throw ExitCode.failure
      }
      try say(planned.writeReport(from: store, to: output).path)
      try planned.requireRecords(of: store)
    } else if let records {
      let table = URL(fileURLWithPath: records)
      let report = try AblationReport(
        table: table,
        terms: try AblationTerms(
          question: question, seed: seed, margin: margin, alpha: alpha, chance: chance))
      let folder =
        output.map { URL(fileURLWithPath: $0, isDirectory: true) }
        ?? table.standardizedFileURL.deletingLastPathComponent()
      try say(try report.write(to: folder).path)
    }
  }
}

extension PlannedSuite {
  /// Fails, after telling what and why, where a report is without some of the plan's artifacts.
  func requireRecords(of store: Store) throws {
    let assessment = try store.assess(plan)
    let lacking = assessment.toCompute
    guard !lacking.isEmpty else { return }
    for (artifact, reason) in lacking {
      if case .damaged = reason { note("\(artifact.label): \(reason)") }
    }
    note(
      "\(Format.count(lacking.count)) of \(Format.count(plan.artifacts.count, "artifact")) cannot be read"
        + " from the store, and the report is without them; run the suite, which computes no others"
    )
    throw ExitCode.failure
  }

  /// Writes the report to `output` or the suite's folder; returns the path of report.md.
  func writeReport(from store: Store, to output: String?) throws -> URL {
    try work.report(on: suite, from: store).write(
      to: output.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? folder)
  }
}
