import ArgumentParser
import Foundation
import Laboratory
import Suites

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a suite and write its report.",
    discussion: """
      Computes what the store lacks and nothing else; stop it with ^C at any time, and the same \
      command continues.
      """)

  @OptionGroup var options: SuiteOptions

  @Option(help: "Folder for report.md, its figures and records.csv. Default: the suite's folder.")
  var output: String?

  @OptionGroup var format: FormatOptions

  @Flag(help: "Run although the estimated memory is more than is available.")
  var ignoreMemory = false

  @Option(help: .hidden)
  var worker: String?

  func run() throws {
    let store = try options.storeOptions.openedAndTold()
    var planned = try options.planned(asksPrograms: true)
    let run = SuiteRun(
      workers: options.workerNumber.count(planned.settings), worker: worker,
      ignoresMemory: ignoreMemory,
      formats: format.formats)
    let folder = output.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? planned.folder
    for url in try run.complete(&planned, store, called: options.suite, reportIn: folder) {
      try say(url.path)
    }
    try planned.requireRecords(of: store)
  }
}
