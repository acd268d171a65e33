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

  @Flag(help: "Run although the estimated memory is more than is available.")
  var ignoreMemory = false

  @Option(help: .hidden)
  var worker: String?

  func run() throws {
    let store = try options.storeOptions.openedAndTold()
    var planned = try options.planned()
    if let warning = try planned.work.warning(in: store) { note("warning: \(warning)") }
    repeat { try run(planned, store) } while try planned.takeLook(in: store)
    try say(try planned.writeReport(from: store, to: output).path)
    try planned.requireRecords(of: store)
  }

  /// Computes what `store` lacks, of one look in suites that have several.
  private func run(_ planned: PlannedSuite, _ store: Store) throws {
    let assessment = try store.assess(planned.plan)
    if !ignoreMemory {
      let demand = options.memory(for: assessment)
      guard demand.isMet else { throw SuiteError.memory(demand) }
    }
    if !assessment.isComplete { try AddressSpace.require() }
    if planned.suite.device != .cpu, !assessment.isComplete {
      do {
        try Worker.run(.requireDevice(planned.suite.device), named: worker)
      } catch let error as ExitCode {
        note(
          "\(options.suite): training: device: \(planned.suite.device.rawValue) cannot be had, see above;"
            + " write 'device: cpu', or run it where there is one")
        throw error
      }
    }
    try planned.work.registerTerms(in: store, having: assessment.cached)
    let coordinator = Coordinator(
      store: store, workers: options.workerCount, executable: Toolkit.worker(worker),
      settings: planned.settings.values,
      display: .standardError(heading: planned.work.look?.words))
    let summary = try coordinator.run(planned.plan)
    note((planned.work.look.map { "\($0.words): " } ?? "") + summary.description)
    if let signal = summary.interruption { throw ExitCode(128 + signal) }
    guard summary.isComplete else {
      try say(try planned.writeReport(from: store, to: output).path)
      throw ExitCode.failure
    }
  }
}
