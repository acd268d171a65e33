import Foundation
import Laboratory
@testable import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

/// Reports of segments that are made up, so that every number can be checked by hand.
@Suite("Reports of instability")
struct InstabilityReportTests {
  /// A path whose test error rises to `top` percent in its middle between ends at 10 %, and whose training
  /// error to half as much between ends at 0 %.
  private func path(top: Double, points: Int = 3, gap: Bool = false)
    -> Outcome<SegmentResult>
  {
    func evaluation(_ error: Double, _ loss: Double?) -> Evaluation {
      Evaluation(correct: Int((1000 * (100 - error)).rounded()), count: 100_000, loss: loss)
    }
    let positions = PathPositions.evenlySpaced(points)
    return .found(
      SegmentResult(
        positions: positions,
        evaluations: positions.map { position in
          let bump = 1 - abs(2 * position - 1)
          return [
            PointEvaluation(
              train: evaluation(bump * (top - 10) / 2, bump),
              test: evaluation(10 + bump * (top - 10), gap && position == 0.5 ? nil : 1 + bump))
          ]
        },
        geometry: PathGeometry(
          distance: 3, angle: 20, fromParent: .init(start: 2, end: 2, angle: 97.2)),
        disagreement: Disagreement(differing: 5, count: 100, expected: 0.2)))
  }

  private func report(
    _ text: String, _ result: (InstabilityCell) -> Outcome<SegmentResult>?
  ) throws -> (report: AnalysisReport, analysis: InstabilityAnalysis) {
    let planned = try Planned(InstabilityDesign.self, text)
    var found: [Key: any Encodable] = [:]
    for cell in planned.plan.cells { found[cell.key] = result(cell) }
    let (rows, terms) = try planned.table(found)
    return (try planned.report(found), InstabilityAnalysis(rows, terms))
  }

  @Test("means over pairs, then over initializations; verdicts from the interval over those")
  func estimates() throws {
    let (report, analysis) = try report(
      instability("points: 3").replacing("replicates: 2", with: "replicates: 3")
    ) { cell in
      let own = cell.step == .zero ? [30.0, 34, 32] : [10.4, 10.5, 10.6]
      // Pairs of one initialization differ around its mean.
      return path(top: own[cell.replicate - 1] + (cell.second - cell.first == 1 ? 0.1 : -0.2))
    }
    let early = try #require(
      try analysis.estimate(.dense, from: .zero, on: .test, policy: 0))
    #expect(zip(early.replicates, [20, 24, 22]).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(abs(early.mean - 22) < 1e-9 && early.components == nil)
    // t₀.₉₅ with 2 degrees of freedom is 2.920; s = 2.
    let interval = try #require(early.interval)
    #expect(interval.method == .student)
    #expect(abs(interval.interval.upper - (22 + 2.919986 * 2 / 3.0.squareRoot())) < 1e-5)
    let late = Step(epochs: 1, iterations: 0)
    #expect(try analysis.stability(.dense, from: .zero, on: .test, policy: 0) == .unstable)
    #expect(try analysis.stability(.dense, from: late, on: .test, policy: 0) == .stable)
    let text = report.text
    #expect(
      text.contains(
        "The dense network is stable from k = 1ep on: instability 22.00 [18.63, 25.37]"),
      "\(text)")
    #expect(text.contains(/\| dense +\| 0it +\| +22.00 \[.*\] \| +11.00 \[.*\] \| unstable +\| no/))
    #expect(text.contains(/\| dense +\| 1ep +\| +0.50 \[.*\] \| +0.25 \[.*\] \| stable +\| yes/))
    #expect(text.contains(/\| dense +\| 1ep +\| test +\| +10.00 \| +0.50 \| +0.50/))
    #expect(text.contains(/97.2 \| +5 % \| +20 % \| +0.25 \|/))
    // 3 parents and 18 children; 9 segments of two trainings each and 9 of three.
    #expect(text.contains("The plan trains 21 networks"))
    #expect(text.contains("by itself would train 45."))
    #expect(report.records.rows.count == 18 * 3)
  }

  @Test("components come from disjoint pairs of four siblings")
  func components() throws {
    let (_, analysis) = try report(instability("orders: 4\npoints: 3", steps: "[0it]")) { cell in
      // Only (1, 2) and (3, 4) share no child.
      switch (cell.first, cell.second) {
      case (1, 2): path(top: 12 + Double(cell.replicate))
      case (3, 4): path(top: 14 + Double(cell.replicate))
      default: path(top: 90)
      }
    }
    let found = try #require(
      try analysis.estimate(.dense, from: .zero, on: .test, policy: 0)?.components)
    #expect(abs(found.within - 2) < 1e-9 && found.between == 0)
  }

  @Test("what is missing, diverged or not finite is told")
  func gaps() throws {
    let (report, analysis) = try report(
      instability("orders: 2\npoints: 3").replacing("replicates: 2", with: "replicates: 3")
    ) { cell in
      switch (cell.replicate, cell.step == .zero) {
      case (1, true): nil
      case (2, true):
        .diverged(.input(role: InputRole.end))
      case (3, true): path(top: 50, gap: true)
      default: path(top: 11)
      }
    }
    #expect(analysis.terms.missing == 1)
    let text = report.text
    #expect(text.contains("**1** artifact is not there yet"))
    #expect(
      text.contains(
        "1 point has no finite loss; 1 of 5 segments has an end whose training diverged"),
      "\(text)")
    let found = try #require(try analysis.estimate(.dense, from: .zero, on: .test, policy: 0))
    #expect(found.replicates.count == 1 && found.interval == nil && found.mean == 0)
    #expect(try analysis.stability(.dense, from: .zero, on: .test, policy: 0) == .undecided)
    let (empty, _) = try self.report(instability()) { _ in nil }
    #expect(empty.text.contains("artifacts are not there yet"))
  }

  @Test("steps that end unstable are named one by one; a gap leaves its step undecided")
  func verdictsByStep() throws {
    func answer(gap: Bool) throws -> String {
      let text = instability("points: 3").replacing("replicates: 2", with: "replicates: 3")
      return try report(text) { cell in
        cell.step == .zero
          ? path(top: 10.4 + Double(cell.replicate) / 10, gap: gap && cell.replicate == 2)
          : path(top: 30 + Double(cell.replicate))
      }.report.text
    }
    #expect(
      try answer(gap: false).contains(
        "The dense network is unstable at k = 1ep and stable at k = 0it: instability"))
    #expect(
      try answer(gap: true).contains(
        "The dense network is unstable at k = 1ep and undecided at k = 0it: instability"))
  }

  @Test("a step at which trainings diverged claims nothing from those that did not")
  func divergedStep() throws {
    let (report, analysis) = try report(
      instability("orders: 2\npoints: 3").replacing("replicates: 2", with: "replicates: 3")
    ) { cell in
      cell.step == .zero && cell.replicate > 1
        ? .diverged(.input(role: InputRole.end)) : path(top: cell.step == .zero ? 10.5 : 30)
    }
    #expect(analysis.hasDiverged(.dense, from: .zero))
    #expect(
      report.text.contains("The dense network is unstable at k = 1ep and undecided at k = 0it"),
      "\(report.text)")
    #expect(report.text.contains(/\| dense +\| 0it +\|.*\| undecided +\| –/))
  }

  @Test("a network of which nothing can be drawn costs no other its figure")
  func nothingToDraw() throws {
    let (report, _) = try report(
      instability(
        "orders: 2\npoints: 3\ndensities: [20%]\nmethods: {random: random}")
    ) { $0.network == .dense ? path(top: 20) : .diverged(.input(role: InputRole.end)) }
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try report.write(to: folder)
    let figures = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "figures").path)
    #expect(figures.contains("segment-1.svg") && !figures.contains("segment-2.svg"))
    #expect(!report.text.contains("segment-2.svg"))
  }

  @Test("figures are drawn for every network and policy")
  func figures() throws {
    let (report, analysis) = try report(
      instability(
        "orders: 2\npoints: 3\ndensities: [20%]\nmethods: {random: random}", network: "resnet-8-4")
    ) { cell in
      path(top: cell.network == .dense ? 40 : 12).found.map { one in
        .found(
          SegmentResult(
            positions: one.positions, evaluations: one.evaluations.map { [$0[0], $0[0]] },
            geometry: one.geometry, disagreement: one.disagreement))
      }
    }
    #expect(analysis.settings.policies == [.interpolated, .recomputed])
    #expect(report.text.contains("The subnetwork of random at 20 %, statistics recomputed"))
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try report.write(to: folder)
    for figure in ["instability", "segment-1", "segment-2"] {
      let file = folder.appending(path: "figures/\(figure).svg")
      #expect(try Data(contentsOf: file).count > 1000, "\(figure)")
    }
  }
}
