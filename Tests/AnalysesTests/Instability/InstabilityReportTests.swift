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
  /// A path whose test error rises to `top` percent in its middle between ends at 10 %, the last of which lies `apart`
  /// above, and whose training error to half as much between ends at 0 %.
  private func path(top: Double, points: Int = 3, gap: Bool = false, apart: Double = 0)
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
              test: evaluation(
                10 + bump * (top - 10) + (position == 1 ? apart : 0),
                gap && position == 0.5 ? nil : 1 + bump))
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
    #expect(abs(interval.upper - (22 + 2.919986 * 2 / 3.0.squareRoot())) < 1e-5)
    let late = Step(epochs: 1, iterations: 0)
    let verdicts = try InstabilityVerdicts(analysis)
    let cells = [Step.zero, late].map {
      verdicts[.init(network: .dense, policy: 0, step: $0)]
    }
    #expect(cells.map { $0?.stability } == [.unstable, .stable])
    // Of 2 degrees of freedom P(T > t) = (1 − t / √(2 + t²)) / 2; Holm doubles the one, the sequence begins at the
    // other. Means of 0.4, 0.5 and 0.6 spread by less than one of 357 digits, which is what they are given.
    func tail(_ t: Double) -> Double { (1 - t / (2 + t * t).squareRoot()) / 2 }
    let unstable = tail((22 - 2) / (2 / 3.0.squareRoot()))
    #expect(abs(cells[0]!.adjustedUnstable - 2 * unstable) < 1e-9)
    let stable = tail((2 - 0.5) / (100 / 357 / 3.0.squareRoot()))
    #expect(abs(cells[1]!.adjustedStable - stable) < 1e-6)
    let text = report.text
    #expect(
      text.contains(
        "On this test set, by this recipe, at 5 % familywise for each kind of claim: **dense: stable at "
          + "k = 1ep, unstable at k = 0it.**"), "\(text)")
    #expect(
      text.contains("| **unstable**: 22.00, excess 22.00 | **stable**: 0.50, excess 0.50 |"))
    #expect(
      text.contains(
        /\| dense +\| 0it +\| 22.00 \[18.63, 25.37\] \|.* 0.002 \[0.003\] \| unstable +\| no/))
    #expect(text.contains(/\| dense +\| 1ep +\| +0.50 \[0.03, 0.97\] \|.*\| stable +\| yes/))
    #expect(
      text.contains(/\| dense +\| 1ep +\| test +\| +10.00 \| +0.50 \| +0.00 \| +0.50 \| +0.50/))
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
    #expect(
      try InstabilityVerdicts(analysis)[.init(network: .dense, policy: 0, step: .zero)]?.stability
        == .undecided)
    let (empty, _) = try self.report(instability()) { _ in nil }
    #expect(empty.text.contains("artifacts are not there yet"))
  }

  private static let three = instability("points: 3").replacing(
    "replicates: 2", with: "replicates: 3")

  @Test(
    "stable goes from the last step on: a step before one that is not shown is none; a gap decides nothing"
  )
  func verdictsByStep() throws {
    func answer(late: Double, gap: Bool = false) throws -> String {
      try report(Self.three) { cell in
        cell.step == .zero
          ? path(top: 10.4 + Double(cell.replicate) / 10, gap: gap && cell.replicate == 2)
          : path(top: late + Double(cell.replicate) / 10)
      }.report.text
    }
    #expect(try answer(late: 10).contains("**dense: stable at every tested k from 0it to 1ep.**"))
    #expect(
      try answer(late: 30).contains("**dense: unstable at k = 1ep, undecided at k = 0it.**"))
    #expect(
      try answer(late: 10, gap: true).contains(
        "**dense: stable at k = 1ep, undecided at k = 0it.**"))
  }

  @Test("what unequal ends alone give is no instability, and no stability either")
  func unequalEnds() throws {
    func judged(top: Double) throws -> (InstabilityAnalysis, Stability?) {
      let (_, analysis) = try report(Self.three) { cell in
        path(top: top + Double(cell.replicate) / 10, apart: 20)
      }
      return (
        analysis,
        try InstabilityVerdicts(analysis)[.init(network: .dense, policy: 0, step: .zero)]?.stability
      )
    }
    // From 10 to 30 % through 20.1 to 20.3: nothing above the worse end, a barrier of 10.
    let (straight, verdict) = try judged(top: 20)
    func mean(_ analysis: InstabilityAnalysis, _ number: (PathSummary) -> Double) throws -> Double {
      try #require(
        try analysis.estimate(.dense, from: .zero, on: .test, policy: 0, of: number)?.mean)
    }
    #expect(verdict == .undecided)
    #expect(abs(try mean(straight, \.barrier) - 10) < 1e-9)
    #expect(abs(try mean(straight, \.floor) - 10) < 1e-9)
    #expect(abs(try mean(straight, \.rise)) < 1e-9)
    #expect(abs(try mean(straight, \.excess) - 0.2) < 1e-9)
    // Through 50.2 on average: 20.2 above the worse end, 30.2 above the mean.
    let (humped, other) = try judged(top: 50)
    #expect(other == .unstable)
    #expect(abs(try mean(humped, \.barrier) - 30.2) < 1e-9)
    #expect(abs(try mean(humped, \.rise) - 20.2) < 1e-9)
  }

  @Test("networks share α: what one alone would show, two do not")
  func familyOfCells() throws {
    // Two initializations at 0.2 and 1.2: t = 1.3 / 0.5 with one degree of freedom, P = ½ − arctan(t)/π = 0.117.
    func verdict(_ more: String) throws -> InstabilityVerdicts.Verdict? {
      let (_, analysis) = try report(instability("orders: 2\npoints: 3\(more)", steps: "[0it]")) {
        path(top: $0.network == .dense ? 9.2 + Double($0.replicate) : 12)
      }
      return try InstabilityVerdicts(analysis)[.init(network: .dense, policy: 0, step: .zero)]
    }
    let alone = try #require(try verdict(""))
    let p = 0.5 - atan(1.3 / 0.5) / Double.pi
    #expect(abs(alone.adjustedStable - p) < 1e-9)
    let shared = try #require(try verdict("\ndensities: [20%]\nmethods: {random: random}"))
    #expect(abs(shared.adjustedStable - 2 * p) < 1e-9)
  }

  @Test("an interval of barriers, which are never below 0, does not reach below 0")
  func intervalsOfBarriers() throws {
    let (report, analysis) = try report(Self.three) { path(top: $0.replicate == 1 ? 11 : 10) }
    let found = try #require(try analysis.estimate(.dense, from: .zero, on: .test, policy: 0))
    let spread = try #require(found.spread)
    // 1, 0 and 0: the mean is a third, and so is the standard error.
    #expect(abs(found.mean - 1.0 / 3) < 1e-9 && abs(spread.standardError - 1.0 / 3) < 1e-9)
    let interval = try #require(found.interval)
    #expect(interval.lower == 0)
    #expect(abs(interval.upper - (1 + 2.919986) / 3) < 1e-5)
    #expect(!report.text.contains(/\[−/))
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
      report.text.contains("**dense: unstable at k = 1ep, undecided at k = 0it.**"),
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
    #expect(report.text.contains("random at 20 %, statistics recomputed"))
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
