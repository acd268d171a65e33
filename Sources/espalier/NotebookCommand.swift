import Analyses
import ArgumentParser
import Digests
import Foundation
import Laboratory
import Notebooks
import Suites
import Wording

struct NotebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "Run markdown notebooks, and check that they are up to date.",
    discussion: """
      A notebook is a markdown file. Fenced blocks of code in `espalier` (a suite, or commands of this program), \
      `sh` (commands of a shell) and `records` (rows of a table of records) are its cells; what they give stands beneath \
      them, and {{ cell.field:.1f }} in a sentence takes a value. Cells run in the notebook's folder.
      """,
    subcommands: [RunNotebooks.self, CheckNotebooks.self, ClearNotebooks.self])

  /// The notebooks, the store and the data that their cells use.
  struct Options: ParsableArguments {
    @Argument(help: "The notebooks.", completion: .file(extensions: ["md"]))
    var files: [String]

    @OptionGroup var dataFolders: DataFolders

    @OptionGroup var storeOptions: StoreOptions

    @OptionGroup var workerNumber: WorkerCount

    /// The notebooks, in the order in which they were named.
    var notebooks: [NotebookRun] {
      let bench = SuiteBench(
        dataFolders: dataFolders.urls, store: storeOptions.opened,
        workers: workerNumber)
      return files.map { NotebookRun(URL(fileURLWithPath: $0), bench) }
    }
  }

  struct RunNotebooks: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract: "Run the cells that are not up to date, and put what they give beneath them.")

    @OptionGroup var options: Options

    @Flag(help: "Run every cell, up to date or not.")
    var all = false

    @Flag(help: "Let shell cells run, which may do whatever you may.")
    var allowShell = false

    func run() throws {
      for (file, notebook) in zip(options.files, options.notebooks) {
        let start = ContinuousClock.now
        let summary = try notebook.run(all: all, allowsShell: allowShell)
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        try say(
          "\(file): \(Format.count(summary.ran)) of \(Format.count(summary.cells, "cell")) ran, "
            + Format.duration(seconds: seconds))
      }
    }
  }

  struct CheckNotebooks: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Say which cells are not up to date, and why; nothing runs.",
      discussion: """
        What cells are made of is compared: their text, the files that they read, the recipes that they run. Their \
        outputs are not, since trained numbers differ between processors.
        """)

    @OptionGroup var options: Options

    func run() throws {
      var isFresh = true
      for (file, notebook) in zip(options.files, options.notebooks) {
        let stale = try notebook.check()
        for line in stale { note(line.description) }
        if stale.isEmpty { try say("\(file): up to date") } else { isFresh = false }
      }
      guard isFresh else { throw ExitCode.failure }
    }
  }

  struct ClearNotebooks: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clear", abstract: "Take away what cells gave, so that what was written remains."
    )

    @OptionGroup var options: Options

    func run() throws {
      for notebook in options.notebooks { try notebook.clear() }
    }
  }
}

/// Runs the suites of notebooks.
private struct SuiteBench: Workshop {
  let dataFolders: [URL]
  let store: Store
  let workers: WorkerCount

  var program: String { Toolkit.program }

  /// Ours, with the store and the data of this run, and this program on the path.
  var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["ESPALIER_STORE"] = URL(fileURLWithPath: store.paths.root).path
    if !dataFolders.isEmpty { variables["ESPALIER_DATA"] = dataFolders[0].path }
    variables["PATH"] = [Toolkit.folder.path, variables["PATH"]].compactMap(\.self)
      .joined(separator: ":")
    return variables
  }

  func recipes(ofSuite text: String, at place: CellPlace) throws -> Digest {
    let planned = try PlannedSuite(
      try decoded(text, place), named: "s-check", in: place.folder, nil)
    let keys = planned.plan.artifacts.map(\.key.description).sorted()
    return Digest.sha256(of: Data(keys.joined(separator: "\n").utf8))
  }

  func run(suite text: String, at place: CellPlace, into folder: URL) throws {
    let decoded = try decoded(text, place)
    for warning in decoded.warnings { note("warning: \(warning)") }
    var planned = try PlannedSuite(
      decoded, named: SuiteFile(folder.appending(path: "suite.yaml").path).planName,
      in: place.folder,
      store)
    let run = SuiteRun(
      workers: workers.count(planned.settings), worker: nil, ignoresMemory: false)
    do {
      _ = try run.complete(&planned, store, called: place.file, reportIn: folder)
      try planned.requireRecords(of: store)
    } catch let code as ExitCode where code == .failure {
      throw place.failure("some of its work could not be done, as told above")
    }
  }

  private func decoded(_ text: String, _ place: CellPlace) throws -> DecodedSuite {
    try Suite.decode(
      text, file: place.file, from: place.line,
      context: SuiteContext(folder: place.folder, dataFolders: dataFolders, engines: .kept()),
      analyses: AnalysisList.all)
  }

  func tell(_ line: String) { note(line) }
}
