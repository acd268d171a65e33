import Analyses
import ArgumentParser
import Foundation
import Laboratory
import Reports
import Suites
import Wording

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the report of a suite, or of accuracies trained elsewhere; or compare two.",
    discussion: """
      With a suite, its records are taken from the store. With --records, a table takes their place: the \
      records.csv of any report, under the terms.yaml written beside it, or one row per run with the \
      columns method, ablation, density, replicate and accuracy (percent), or what --metric names; further columns of a \
      records.csv fill further tables.

      With --compare, two reports are told apart: which verdicts moved, by how much, and what else differs. Each is \
      a suite file, whose records are taken from the store, the folder of a written report, its records.csv, or a \
      report.json, which alone says what another version of this program said.
      """)

  @Argument(
    help: "The suite file; - for standard input.", completion: .file(extensions: ["yaml", "yml"]))
  var suite: String?

  @OptionGroup var settingOptions: SettingOptions

  @Option(help: "A table of accuracies in place of a suite.")
  var records: String?

  @OptionGroup var dataFolders: DataFolders

  @OptionGroup var storeOptions: StoreOptions

  @Option(
    help: "Folder to write to. Default: the suite's or table's folder; a comparison is printed.")
  var output: String?

  @OptionGroup var format: FormatOptions

  @Flag(help: "Write report.json too, as --format json does.")
  var json = false

  @Option(help: "With --records: the terms of its report. Default: terms.yaml beside the table.")
  var terms: String?

  @OptionGroup(title: "Two reports") var comparison: ComparisonOptions

  @OptionGroup(title: "Tables of ablations") var ablation: AblationTermsOptions

  func validate() throws {
    guard [suite != nil, records != nil, comparison.isAsked].count(where: { $0 }) == 1 else {
      throw ValidationError("give a suite file, --records FILE or --compare A B, one of the three")
    }
    if !settingOptions.set.isEmpty, suite == nil {
      throw ValidationError("--set goes with a suite file; give one, or leave --set out")
    }
    if json, comparison.isAsked {
      throw ValidationError("--json goes with a suite file or --records; a comparison is Markdown")
    }
    if terms != nil, records == nil {
      throw ValidationError("--terms goes with --records; a suite has its own")
    }
  }

  func run() throws {
    if comparison.isAsked {
      let store = storeOptions.opened
      let markdown = try comparison.compared(in: store, dataFolders.urls).markdown
      guard let output else { return try say(markdown.rendered().dropLast().description) }
      let folder = URL(fileURLWithPath: output, isDirectory: true)
      let file = folder.appending(path: "comparison.md")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(markdown.rendered().utf8).write(to: file, options: .atomic)
      try say(file.path)
    } else if let suite {
      let store = storeOptions.opened
      let planned = try PlannedSuite(
        reading: SuiteFile(suite, setting: settingOptions.settings()), dataFolders.urls, store)
      guard try !store.assess(planned.plan).cached.isEmpty else {
        note(
          "Error: the store has none of the \(Format.count(planned.plan.artifacts.count, "artifact")) of"
            + " \(suite); run it first: espalier run \(suite)")
        throw ExitCode.failure
      }
      for url in try planned.writeReport(from: store, to: output, as: formats) {
        try say(url.path)
      }
      try planned.requireRecords(of: store)
    } else if let records {
      let table = URL(fileURLWithPath: records)
      let folder =
        output.map { URL(fileURLWithPath: $0, isDirectory: true) }
        ?? table.standardizedFileURL.deletingLastPathComponent()
      for url in try report(of: table).write(to: folder, as: formats, warn: note) {
        try say(url.path)
      }
    }
  }

  /// The formats that are asked for.
  private var formats: [ReportFormat] {
    let asked = format.formats
    return json && !asked.contains(.json) ? asked + [.json] : asked
  }

  /// The report of a table under the terms that are stated, or stand beside it, or of ablations.
  private func report(of table: URL) throws -> AnalysisReport {
    let beside = table.deletingLastPathComponent().appending(path: TermsFile.name)
    let stated =
      terms.map { URL(fileURLWithPath: $0) }
      ?? (FileManager.default.fileExists(atPath: beside.path) ? beside : nil)
    guard let stated, try TermsFile.analysis(in: stated) != AblationDesign.about.name else {
      let terms = try ablation.over(
        try stated.map { try TermsFile.read(AblationTerms.self, from: $0) })
      return try AnalysisReport(
        AblationDesign.self, try RunRecord.rows(at: table, telling: terms.settings.metric), terms)
    }
    try ablation.requireNone(of: try TermsFile.analysis(in: stated))
    return try AnalysisReport(table: table, terms: stated, analyses: AnalysisList.all)
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

  /// Writes the report to `output` or the suite's folder; returns the paths of its formats.
  func writeReport(from store: Store, to output: String?, as formats: [ReportFormat]) throws
    -> [URL]
  {
    try work.report(from: store).write(
      to: output.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? folder, as: formats,
      warn: note)
  }
}
