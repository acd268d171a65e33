package import Laboratory
import Wording

/// What the workers of a run need together, and what there is.
package struct MemoryDemand: Hashable, Sendable {
  /// Bytes of one worker.
  package let perWorker: Int
  /// Number of workers.
  package let workers: Int
  /// Bytes that the machine can give; `nil` where it does not tell.
  package let available: Int?
}

extension MemoryDemand {
  /// The demand of `workers` workers that make `artifacts`.
  ///
  /// Workers beyond the number of artifacts have nothing to hold.
  package init(making artifacts: [Artifact], workers: Int, available: Int?) {
    self.init(
      perWorker: artifacts.map(\.memory).max() ?? 0, workers: min(workers, artifacts.count),
      available: available)
  }

  /// Bytes of all workers; the largest number where they are more.
  package var total: Int {
    let (product, overflows) = perWorker.multipliedReportingOverflow(by: workers)
    return overflows ? .max : product
  }

  /// Whether it fits; where nothing is known, it does.
  package var isMet: Bool { available.map { total <= $0 } ?? true }

  /// `about 1.2 GB of memory with 2 workers, 18 GB available`.
  package var summary: String {
    "about \(Format.bytes(total)) of memory with \(Format.count(workers, "worker"))"
      + (available.map { ", \(Format.bytes($0)) available" } ?? "")
  }

  /// The sentence that refuses a run.
  package var refusal: String {
    let fitting = perWorker == 0 ? workers : (available ?? 0) / perWorker
    let remedy =
      (fitting > 0 ? "run with --workers \(fitting), or use " : "use ")
      + "smaller batches (training and scoring) or a smaller network"
    return "memory will not suffice: \(summary), \(Format.bytes(perWorker)) each; \(remedy); "
      + "--ignore-memory runs all the same"
  }
}
