import Foundation
import Laboratory
@testable import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

/// An alignment or dropout-stability suite on the digits with whatever `more` adds.
private func paired(
  _ analysis: String, _ more: String = "", network: String = "lenet-20", replicates: Int = 2
) -> String {
  """
  analysis: \(analysis)
  network: \(network)
  dataset: digits
  replicates: \(replicates)
  training: {duration: 3ep, batch-size: 162}
  \(more)
  """
}

/// A path with this test error in its middle and 10 % at its ends; training loss is a hundredth of it.
private func path(top: Double, policies: Int = 1, distance: Double = 3) -> SegmentResult {
  func evaluation(_ error: Double) -> Evaluation {
    Evaluation(correct: Int((10 * (100 - error)).rounded()), count: 1000, loss: error / 100)
  }
  return SegmentResult(
    positions: [0, 0.5, 1],
    evaluations: [10, top, 10].map { error in
      Array(
        repeating: PointEvaluation(train: evaluation(error), test: evaluation(error)),
        count: policies)
    }, geometry: PathGeometry(distance: distance, angle: 20, fromParent: nil),
    disagreement: Disagreement(differing: 5, count: 100, expected: 0.2))
}

private func written(_ report: AnalysisReport, figure: String) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
  defer { try? FileManager.default.removeItem(at: folder) }
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  _ = try report.write(to: folder)
  #expect(try Data(contentsOf: folder.appending(path: "figures/\(figure).svg")).count > 1000)
}

@Suite("Alignment suites")
struct AlignmentSuiteTests {
  private func work(_ text: String) throws -> (
    Suite, AlignmentDesign, AnalysisPlan<AlignmentCell>
  ) {
    let planned = try Planned(AlignmentDesign.self, text)
    return (planned.suite, planned.design, planned.plan)
  }

  @Test("defaults and fields")
  func decodes() throws {
    let (_, design, _) = try work(paired("alignment"))
    #expect(design.attempts == 1 && design.points == 30)
    #expect(design.measurement.trainingExamples == 1296)
    let (_, other, _) = try work(
      paired(
        "alignment",
        "attempts: 4\npoints: 11\ntraining-examples: 0\nbatch-norm: recompute\n"
          + "statistics-examples: 200", network: "resnet-8-4"))
    #expect(other.attempts == 4 && other.points == 11)
    #expect(
      other.measurement
        == MeasurementDesign(
          trainingExamples: 0, statistics: [.recomputed], statisticsExamples: 200))
  }

  @Test("a pair is trained, aligned and joined twice; pairs are the networks of other suites")
  func plans() throws {
    let (suite, _, plan) = try work(paired("alignment"))
    let kinds = Dictionary(plan.artifacts.map { ($0.kind, 1) }, uniquingKeysWith: +)
    #expect(kinds == ["state": 4, "alignment": 2, "segment": 4])
    _ = try Plan(suite: "test", artifacts: plan.artifacts)
    let cell = plan.cells[0]
    func artifact(_ key: Key) -> Artifact { plan.artifacts.first { $0.key == key }! }
    let alignment = artifact(cell.alignment)
    #expect(artifact(cell.before).inputs[InputRole.end] == alignment.inputs[InputRole.end])
    #expect(artifact(cell.after).inputs[InputRole.end] == cell.alignment)
    #expect(artifact(cell.after).inputs[InputRole.start] == alignment.inputs[InputRole.start])
    let trainings = plan.artifacts.filter { $0.kind == "state" }
    #expect(
      trainings.map(\.label) == (1...4).map { "training dense · replicate \($0)" })
    let stability = try SuiteWork(
      expanding: decode(Self.stabilitySuite))
    #expect(
      stability.artifacts.filter { $0.kind == "state" }.map(\.key) == trainings.map(\.key))
    #expect(suite.duration == 24)
  }

  private static let stabilitySuite = paired("dropout-stability")

  @Test(
    "what cannot be",
    arguments: [
      (paired("alignment", "attempts: 0"), "6: attempts: found `0`; write a whole number from 1"),
      (paired("alignment", "points: 1"), "6: points: found `1`; write a whole number from 2"),
      (
        paired("alignment", "batch-norm: recompute"),
        "6: batch-norm: does not apply to networks without batch norm; remove it"
      ),
      (paired("alignment", "draws: 3"), "6: draws: unknown key"),
      (
        paired("dropout-stability", "draws: -1"),
        "6: draws: found `-1`; write a whole number from 0"
      ),
      (
        paired("dropout-stability", "training-examples: 0"),
        "6: training-examples: found `0`; write a number above 0: these examples measure ε"
      ),
      (paired("dropout-stability", "points-within: x"), "6: points-within: found `x`; write"),
      (
        paired("dropout-stability", network: "resnet-8-4"),
        "2: network: dropout stability is defined for plain ReLU networks (Kuditipudi et al., 2019) and `bn.weight` is batch norm"
      ),
      (
        paired("dropout-stability").replacing(
          "training: {duration: 3ep, batch-size: 162}", with: ""),
        "1: training: missing"
      ),
    ])
  func refuses(_ text: String, _ message: String) {
    #expect(problems(text).contains { $0.hasPrefix("suite.yaml:" + message) }, "\(problems(text))")
  }

  private func report(
    _ text: String, before: [Double], after: [Double], policies: Int = 1, diverging: Int? = nil
  ) throws -> (AnalysisReport, AlignmentAnalysis) {
    let planned = try Planned(AlignmentDesign.self, text)
    var found: [Key: any Encodable] = [:]
    for (index, cell) in planned.plan.cells.enumerated() where index < before.count {
      if index == diverging {
        found[cell.alignment] = Outcome<AlignmentResult>.diverged(.input(role: InputRole.end))
        found[cell.before] = Outcome<SegmentResult>.diverged(.input(role: InputRole.end))
        found[cell.after] = Outcome<SegmentResult>.diverged(.input(role: InputRole.end))
        continue
      }
      found[cell.alignment] = Outcome.found(
        AlignmentResult(
          groups: [.init(name: "fc_layers.0", size: 20, moved: 16 + index)],
          objectives: [1, 5, 6.5], distanceBefore: 12.5, distanceAfter: 10))
      found[cell.before] = Outcome.found(
        path(top: before[index], policies: policies, distance: 12.5))
      found[cell.after] = Outcome.found(path(top: after[index], policies: policies, distance: 10))
    }
    let (rows, terms) = try planned.table(found)
    return (try planned.report(found), AlignmentAnalysis(rows, terms))
  }

  @Test("barriers before and after, and the paired interval of their difference")
  func reports() throws {
    let (report, analysis) = try report(
      paired("alignment", replicates: 3), before: [30, 34, 32], after: [11, 12, 13])
    let change = try #require(try analysis.change(on: .test, policy: 0))
    #expect(change.reduction == [19, 22, 19] && change.mean == 20)
    // t₀.₉₇₅ with 2 degrees of freedom is 4.303; s = √3, so that t = 20 and p = 1 − 20 / √402.
    let interval = try #require(change.interval)
    #expect(abs(interval.lower - (20 - 4.302653)) < 1e-5)
    #expect(abs(try #require(change.pValue) - (1 - 20 / 402.0.squareRoot())) < 1e-9)
    #expect(try analysis.verdicts().map { $0?.verdict } == [.lowered])
    let text = report.text
    #expect(
      text.contains(
        "Weight matching lowers the barrier: from 22.00 to 2.00 points of test error, a reduction of +20.00 [15.70, 24.30] (3 pairs, t-test p = 0.002)."
      ), "\(text)")
    #expect(text.contains("These networks have no batch norm"))
    #expect(
      text.contains(/\| +1 \| +20.00 \| +1.00 \| +12.5 \| +10 \| +1 \| +6.5 \| +2 \| +16 of 20 \|/))
    #expect(text.contains(/`fc_layers.0` +\| +20 \| +17.0 \|/))
    #expect(report.records.rows.count == 3 * 2 * 3)
    try written(report, figure: "lines")
  }

  @Test("an interval that holds 0 decides nothing; what is missing is said")
  func undecided() throws {
    let (unclear, analysis) = try report(
      paired("alignment", replicates: 3), before: [30, 20, 15], after: [11, 22, 30])
    #expect(try analysis.verdicts().map { $0?.verdict } == [.undecided])
    #expect(unclear.text.contains("Whether weight matching lowers the barrier is undecided"))
    let (partial, _) = try report(
      paired("alignment", replicates: 3), before: [30], after: [11])
    #expect(partial.text.contains("**6** artifacts are not there yet"), "\(partial.text)")
    let (diverged, rest) = try report(
      paired("alignment", replicates: 3), before: [30, 34, 32], after: [11, 12, 13], diverging: 1)
    #expect(rest.runs.count == 2 && rest.diverged == 1 && rest.terms.missing == 0)
    #expect(diverged.text.contains("**1** of 3 pairs have a network whose training diverged"))
    #expect(diverged.text.contains("Whether weight matching lowers the barrier is undecided"))
    let (raised, _) = try report(
      paired("alignment", network: "resnet-8-4", replicates: 2), before: [11, 12],
      after: [30, 31.1], policies: 2)
    #expect(raised.text.contains("raises the barrier, statistics recomputed: from 1.50"))
    #expect(raised.text.contains(", by Holm over 2)."), "\(raised.text)")
    #expect(raised.text.contains("REPAIR"))
  }
}

@Suite("Reports of dropout stability")
struct DropoutStabilityReportTests {
  private func point(_ loss: Double?, error: Double = 5) -> PointEvaluation {
    let evaluation = Evaluation(
      correct: Int((10 * (100 - error)).rounded()), count: 1000, loss: loss)
    return PointEvaluation(train: evaluation, test: evaluation)
  }

  private func result(highest: Double) -> DropoutStabilityResult {
    func end(_ loss: Double, _ dropped: Double) -> DropoutStabilityResult.End {
      .init(
        whole: point(loss),
        drops: [
          .init(layer: "fc_layers.0", units: 20, kept: 10, choice: 3, evaluation: point(dropped))
        ])
    }
    return DropoutStabilityResult(
      start: end(0.25, 0.5), end: end(0.125, 0.25),
      segments: [
        .init(layer: "fc", isConstant: false), .init(layer: "fc_layers.0", isConstant: true),
      ],
      positions: [0, 0.5, 1, 1.5, 2],
      evaluations: [
        point(0.25), point(0.375), point(highest, error: 7), point(highest), point(0.125),
      ])
  }

  private func report(_ results: [Outcome<DropoutStabilityResult>?], top: Double) throws
    -> AnalysisReport
  {
    let planned = try Planned(
      DropoutStabilityDesign.self, paired("dropout-stability", replicates: results.count))
    var found: [Key: any Encodable] = [:]
    for (cell, result) in zip(planned.plan.cells, results) {
      found[cell.path] = result
      found[cell.segment] =
        result?.divergence.map { Outcome<SegmentResult>.diverged($0) } ?? .found(path(top: top))
    }
    return try planned.report(found)
  }

  @Test("the path and the segment against max(ends) + ε")
  func reports() throws {
    let report = try report([.found(result(highest: 0.5)), .found(result(highest: 0.5))], top: 80)
    let text = report.text
    #expect(
      text.contains(
        "**2 of 2 paths through networks of half the width keep their bound** max(L(A), L(B)) + ε on the"
          + " examples that measured ε, to the rounding of float32; of the straight segments between the"
          + " same networks none does. ε is 0.25 nats, the largest loss on the path 0.5, on the segment"
          + " 0.8, at the ends at most 0.25."), "\(text)")
    #expect(
      text.contains(
        /\| +1 \| +0.2500 \| +0.1250 \| +0.2500 \| +0.1250 \| +0.5000 \| +0.5000 \| kept +\| +0.8000 \| exceeded \|/
      ), "\(text)")
    #expect(text.contains(/\| +1 \| 5.00 \| 5.00 \| +7.00 \| +80.00 \|/))
    #expect(text.contains(/`fc_layers.0` \| +20 \| +10 \| random +\| +0.5000 \| \+0.2500 \|/))
    #expect(report.records.rows.count == 2 * (5 + 3 + 2 * 2))
    try written(report, figure: "path")
  }

  @Test("a path above its bound is called so, and what is missing or diverged too")
  func otherwise() throws {
    #expect(
      try report([.found(result(highest: 0.75))], top: 10).text.contains(
        "**0 of 1 path through networks of half the width keeps its bound** max(L(A), L(B)) + ε"))
    let partial = try report([nil, .diverged(.input(role: InputRole.start))], top: 10).text
    #expect(partial.contains("**1** artifact is not there yet"))
    #expect(partial.contains("whose training diverged, left out: 1."))
  }
}
