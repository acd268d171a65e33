import ArgumentParser
import Foundation
import Laboratory
import Reports
import Suites

/// Runs a suite with the workers of this machine.
struct SuiteRun {
  /// Processes of one thread each.
  let workers: Int
  /// The worker's program, unless it is the one beside this program.
  let worker: String?
  /// Whether it runs although the estimated memory is more than is available.
  let ignoresMemory: Bool
  /// In which formats its report is written.
  var formats: [ReportFormat] = [.markdown]

  /// Computes what `store` lacks, look after look, and returns the paths of the report in `folder`.
  ///
  /// - Parameter name: what the user calls the suite, for messages.
  func complete(
    _ planned: inout PlannedSuite, _ store: Store, called name: String, reportIn folder: URL
  ) throws -> [URL] {
    if let warning = try planned.work.warning(in: store) { note("warning: \(warning)") }
    repeat {
      let summary = try compute(planned, store, called: name)
      if let signal = summary.interruption { throw ExitCode(128 + signal) }
      guard summary.isComplete else {
        for url in try planned.work.report(from: store).write(to: folder, as: formats, warn: note) {
          try say(url.path)
        }
        throw ExitCode.failure
      }
    } while try planned.takeLook(in: store)
    return try planned.work.report(from: store).write(to: folder, as: formats, warn: note)
  }

  /// Computes what `store` lacks, of one look in suites that have several.
  private func compute(_ planned: PlannedSuite, _ store: Store, called name: String) throws
    -> RunSummary
  {
    let assessment = try store.assess(planned.plan)
    if !ignoresMemory {
      let demand = MemoryDemand(
        making: assessment.toCompute.map(\.artifact), workers: workers,
        available: AvailableMemory.current())
      guard demand.isMet else { throw SuiteError.memory(demand) }
    }
    if !assessment.isComplete { try AddressSpace.require() }
    if planned.suite.device != .cpu, !assessment.isComplete {
      do {
        try Worker.run(.requireDevice(planned.suite.device), named: worker)
      } catch let error as ExitCode {
        note(
          "\(name): training: device: \(planned.suite.device.rawValue) cannot be had, see above;"
            + " write 'device: cpu', or run it where there is one")
        throw error
      }
    }
    try planned.work.registerTerms(in: store, having: assessment.cached)
    let coordinator = Coordinator(
      store: store, workers: workers, executable: Toolkit.worker(worker),
      settings: planned.settings.values,
      display: .standardError(heading: planned.work.look?.words))
    let summary = try coordinator.run(planned.plan)
    note((planned.work.look.map { "\($0.words): " } ?? "") + summary.description)
    return summary
  }
}
