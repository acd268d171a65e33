import Foundation
import Testing

@testable import Laboratory

struct CalibrationTests {
  private func samples(_ sorts: [String], _ ratios: [Double]) -> [Calibration.Sample] {
    ratios.map { Calibration.Sample(sorts: sorts, seconds: 2 * $0, cost: 2) }
  }

  @Test func theNarrowestSortThatWasMeasuredTells() {
    let measured = Calibration(
      samples(["narrow", "kind"], [1, 2, 3, 4, 5]) + samples(["other", "kind"], [10]))
    #expect(measured.count == 6)
    // Mean 3, tenths 1 and 5.
    #expect(measured.factors(of: ["narrow", "kind"]) == TimeRange(low: 1, usual: 3, high: 5))
    // One sample alone does not tell its spread.
    #expect(
      measured.factors(of: ["other", "kind"]) == TimeRange(low: 10 / 1.5, usual: 10, high: 15))
    // Of the kind: six samples, 25 s for 6, tenths 2 (rounded position 0.5 → 1) and 10.
    let wider = measured.factors(of: ["new", "kind"])
    #expect(wider.usual == 25.0 / 6 && wider.low == 2 / 2.5 && wider.high == 10 * 2.5)
    #expect(!measured.isBlind(to: ["new", "kind"]) && measured.isBlind(to: ["new", "another"]))
    let blind = measured.factors(of: ["new", "another"])
    #expect(blind.usual == 25.0 / 6 && blind.low == 2 / 8.0 && blind.high == 80)
    #expect(
      Calibration([]).factors(of: ["narrow", "kind"])
        == TimeRange(low: 1 / 20.0, usual: 1, high: 20))
  }

  @Test func aPlanIsJudgedByWhatOtherSuitesTook() throws {
    let scratch = try Scratch()
    let done = (1...6).map { artifact("a\($0)", #"{"value":\#($0)}"#, kind: "slow", cost: 1) }
    for artifact in done { try scratch.publish(artifact, provenance: #"{"seconds":4}"#) }
    // Another machine's work teaches nothing about this one.
    let foreign = artifact("f", #"{"value":7}"#, kind: "slow", cost: 1)
    try scratch.publish(foreign, provenance: #"{"processor":"abacus","seconds":4000}"#)
    try scratch.store.save(Plan(suite: "before", artifacts: done + [foreign]))
    let new = (1...4).map { artifact("b\($0)", #"{"new":\#($0)}"#, kind: "slow", cost: 10) }
    let plan = try Plan(suite: "now", artifacts: new)
    let calibration = try scratch.store.calibration(for: plan) { [$0.kind] }
    #expect(calibration.count == 6)
    let assessment = try scratch.store.assess(plan)
    let sorts = { (artifact: Artifact) in [artifact.kind] }
    let range = assessment.time(workers: 2, by: calibration, sorts: sorts)
    // 4 × 10 s × 4 on two workers; load by 1.5 to either side, and up to 3 s in which workers start.
    #expect(range == TimeRange(low: 80 / 1.5, usual: 81, high: 123))
    let blind = assessment.time(workers: 2, by: Calibration([]), sorts: sorts)
    #expect(blind == TimeRange(low: 1 / 1.5, usual: 21, high: 603))
    try scratch.store.save(plan)
    for artifact in new { try scratch.publish(artifact, provenance: #"{"seconds":40}"#) }
    let complete = try scratch.store.assess(plan)
    #expect(
      complete.time(workers: 2, by: calibration, sorts: sorts)
        == TimeRange(low: 0, usual: 0, high: 0))
  }
}
