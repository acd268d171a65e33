import Analyses
import ArgumentParser
import Foundation
import Laboratory
import Reports
import Suites

/// Which two reports are compared.
struct ComparisonOptions: ParsableArguments {
  @Option(
    name: .customLong("compare"), parsing: .upToNextOption,
    help: ArgumentHelp("Two reports to compare, the one before first.", valueName: "report"))
  var paths: [String] = []

  @Option(help: "With --compare: the store of the second suite. Default: the first one's.")
  var otherStore: String?

  var isAsked: Bool { !paths.isEmpty }

  func validate() throws {
    if isAsked, paths.count != 2 {
      throw ValidationError(
        "--compare: give two reports, the one before first; there \(paths.count == 1 ? "is 1" : "are \(paths.count)")"
      )
    }
    if otherStore != nil, !isAsked {
      throw ValidationError("--other-store goes with --compare: it is the second suite's")
    }
  }

  /// Reads both and compares them.
  func compared(in store: Store, _ dataFolders: [URL]) throws -> ReportComparison {
    let other = otherStore.map { Store(root: $0) } ?? store
    let before = try report(at: paths[0], in: store, dataFolders)
    let after = try report(at: paths[1], in: other, dataFolders)
    // Two stores answer one suite.
    let names =
      paths[0] == paths[1] ? zip(paths, [store, other]).map { "\($0) in \($1.paths.root)" } : paths
    return try ReportComparison((names[0], before), (names[1], after))
  }

  private func report(at path: String, in store: Store, _ dataFolders: [URL]) throws
    -> ComparedReport
  {
    let url = URL(fileURLWithPath: path)
    let json = try json(at: url, path, store, dataFolders)
    return try ComparedReport(parsing: json, source: path)
  }

  private func json(at url: URL, _ path: String, _ store: Store, _ dataFolders: [URL]) throws
    -> String
  {
    switch url.pathExtension {
    case "json":
      return try TextFile.read(url)
    case "yaml", "yml":
      let planned = try PlannedSuite(reading: SuiteFile(path), dataFolders, store)
      let report = try planned.work.report(from: store)
      try planned.requireRecords(of: store)
      return try report.json()
    case "csv":
      return try Self.written(url)
    default:
      return try Self.written(url.appending(path: "records.csv"))
    }
  }

  private static func written(_ table: URL) throws -> String {
    try AnalysisReport(
      table: table, terms: table.deletingLastPathComponent().appending(path: TermsFile.name),
      analyses: AnalysisList.all
    ).json()
  }
}
