import Foundation
import Glibc

/// Runs a plan: keeps worker processes busy until all artifacts are in the store.
package struct Coordinator {
  /// Where artifacts go.
  package var store: Store
  /// How many worker processes.
  package var workers: Int
  /// The worker program, which calls `WorkerService.serve`.
  package var executable: String
  /// Its arguments.
  package var arguments: [String] = []
  /// What its `configure` is given besides the store.
  package var settings: [String: String] = [:]
  /// Whether SIGINT and SIGTERM stop the run in good order; otherwise their meaning is left alone.
  package var noticesSignals = true
  /// Where the user sees how far the work is.
  package var display: ProgressDisplay

  /// Describes a run.
  package init(
    store: Store, workers: Int, executable: String, arguments: [String] = [],
    settings: [String: String] = [:], display: ProgressDisplay = .standardError()
  ) {
    self.store = store
    self.workers = workers
    self.executable = executable
    self.arguments = arguments
    self.settings = settings
    self.display = display
  }

  /// Computes what the store lacks of a plan, and saves the plan as its suite's last one.
  ///
  /// Artifacts that fail do not stop the others; the summary lists them.
  ///
  /// - Throws: `LaboratoryError` where no artifact could succeed: the store cannot be written, the
  ///   disk is full, the worker is not there, does not start or refuses its settings. Finished
  ///   artifacts stay.
  package func run(_ plan: Plan) throws -> RunSummary {
    let start = MonotonicClock.seconds()
    // Before it looks, so that nothing it finds is collected; a store that cannot be written has none.
    let lease = store.isMarked ? (try? store.lease(plan)) : nil
    defer { withExtendedLifetime(lease) {} }
    let assessment = try store.assess(plan)
    var summary = RunSummary()
    summary.total = plan.artifacts.count
    summary.cached = assessment.cached.count
    summary.done = summary.cached
    if summary.cached == summary.total {
      // A store that cannot be written still serves what it has.
      try? store.save(plan)
    } else {
      try store.save(plan)
      try store.prepare()
      store.sweep()
      guard access(executable, X_OK) == 0 else {
        throw LaboratoryError.workerNotFound(path: executable)
      }
      assessment.redoneLines().forEach(display.note)
      let pool = Pool(
        coordinator: self, assessment: assessment, lease: try lease ?? store.lease(plan))
      defer {
        pool.close()
        // Workers are ended in the middle of their work; what they leave is of no use.
        store.sweep()
        display.finish()
      }
      if noticesSignals {
        try Interruption.noticing { try pool.work(isInterrupted: $0) }
      } else {
        try pool.work { nil }
      }
      pool.report(into: &summary)
    }
    summary.seconds = MonotonicClock.seconds() - start
    return summary
  }
}
