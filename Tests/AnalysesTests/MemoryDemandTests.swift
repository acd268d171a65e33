import Testing

@testable import Analyses
@testable import Suites

@Suite("MemoryDemand")
struct MemoryDemandTests {
  @Test("suffices, or says how many workers would")
  func refusal() {
    let demand = MemoryDemand(perWorker: 3_000_000_000, workers: 4, available: 10_000_000_000)
    #expect(!demand.isMet)
    #expect(
      SuiteError.memory(demand).description
        == "memory will not suffice: about 12 GB of memory with 4 workers, 10 GB available, 3 GB each;"
        + " run with --workers 3, or use smaller batches (training and scoring) or a smaller network;"
        + " --ignore-memory runs all the same")
    #expect(MemoryDemand(perWorker: 3_000_000_000, workers: 3, available: 10_000_000_000).isMet)
    let one = MemoryDemand(perWorker: 11_000_000_000, workers: 1, available: 10_000_000_000)
    #expect(!one.refusal.contains("--workers"))
  }

  @Test("where the system tells nothing, nothing is refused")
  func unknown() {
    let demand = MemoryDemand(perWorker: .max / 8, workers: 4, available: nil)
    #expect(demand.isMet)
    #expect(!demand.summary.contains("available"))
  }

  @Test("workers beyond the work hold nothing")
  func idleWorkers() throws {
    let artifacts = try plan(yaml()).artifacts
    let demand = MemoryDemand(making: artifacts, workers: 4000, available: 1)
    #expect(demand.workers == artifacts.count)
    #expect(MemoryDemand(making: [], workers: 2, available: 1).isMet)
  }
}
