import Foundation
import Laboratory
@testable import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

/// Reports of paths that are made up, so that every number can be checked by hand.
@Suite("Reports of curves and planes")
struct CurveReportTests {
  private func evaluation(_ error: Double, _ loss: Double? = 1) -> Evaluation {
    Evaluation(correct: Int((10 * (100 - error)).rounded()), count: 1000, loss: loss)
  }

  /// A path of five points between ends at 2 and 3 % whose middle has `top` percent.
  private func path(
    _ shape: CurveShape, top: Double, ensembles: Bool = true, gap: Bool = false
  ) -> CurvePointsResult {
    let errors = [2, (2 + top) / 2, top, (3 + top) / 2, 3]
    // Control points on a line of length 4; bends stand on it.
    let places = (0..<shape.bends + 2).map { 4 * Double($0) / Double(shape.bends + 1) }
    return CurvePointsResult(
      points: zip(PathPositions.evenlySpaced(5), errors).map { t, error in
        CurvePointsResult.Point(
          t: t,
          evaluations: [
            PointEvaluation(
              train: evaluation(error / 2, 0.5), test: evaluation(error, gap && t == 0.5 ? nil : 1))
          ], ensembles: ensembles ? [evaluation(1 + t)] : [])
      }, trios: ensembles ? [evaluation(1.5)] : [],
      products: places.map { a in places.map { a * $0 } })
  }

  private func plane() -> PlaneResult {
    func point(_ error: Double) -> PointEvaluation {
      PointEvaluation(train: evaluation(error, error / 10), test: evaluation(error))
    }
    let axis = [-1.0, 0, 1, 2, 3, 4, 5]
    return PlaneResult(
      corners: [.init(x: 0, y: 0), .init(x: 4, y: 0), .init(x: 2, y: 3)],
      networks: [2, 3, 4].map(point), midpoints: [50, 60, 70].map(point), center: point(80),
      xs: axis, ys: axis, evaluations: axis.map { y in axis.map { x in point(x * x + y * y) } })
  }

  private func written(_ report: AnalysisReport) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try report.write(to: folder)
    return try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "figures").path
    ).sorted()
  }

  private func report(
    _ text: String, diverging: (CurveCell) -> Bool = { _ in false },
    _ points: (CurveCell) -> Outcome<CurvePointsResult>?
  ) throws -> (report: AnalysisReport, analysis: CurveAnalysis) {
    let planned = try Planned(CurveDesign.self, text)
    var found: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      switch cell.content {
      case .points: found[cell.key] = points(cell)
      case .training:
        let trained = CurveResult(steps: 9, prunedWeights: 0, prunedWeightsAtZero: 0)
        found[cell.key] =
          diverging(cell) ? Outcome<CurveResult>.diverged(.own(iteration: 3)) : .found(trained)
      case .plane: found[cell.key] = Outcome.found(plane())
      }
    }
    let (rows, terms) = try planned.table(found)
    return (try planned.report(found), CurveAnalysis(rows, terms))
  }

  @Test("the first paragraph answers, and tables hold the numbers")
  func answer() throws {
    let text = curve(
      "plane: {side: 7}\npoints: 5", curves: "{bezier: {bezier: 1}, chain: {chain: 1}}")
    let (report, analysis) = try report(text) { cell in
      let shape: CurveShape =
        cell.path == "bezier"
        ? .bezier(bends: 1) : cell.path == "chain" ? .chain(bends: 1) : .segment
      let top =
        cell.path == "segment" ? 62.0 : cell.path == "bezier" ? 4 : cell.replicate == 1 ? 4 : 7
      return .found(path(shape, top: top))
    }
    #expect(
      report.text.contains(
        "Between two independently trained networks the highest test error on the straight segment is"
          + " 62.0 %, 59.0 points above the worse end: it connects them in none of 2 replicates; on bezier,"
          + " a quadratic Bézier curve, 4.0 %, +1.0 points: it connects them in all 2 replicates; on chain,"
          + " a chain of 2 segments, 5.5 %, +2.5 points: it connects them in 1 of 2 replicates."),
      "\(report.text)")
    let rows = report.text.split(separator: "\n").filter { $0.hasPrefix("| dense   | bezier") }
    // Test error: ends, lowest, mean, mean over length, highest, rise.
    let first = try #require(rows.first)
    for cell in ["2.50 [2.50, 2.50]", "2.00 [2.00, 2.00]", "3.10 [3.10, 3.10]", "2 of 2"] {
      #expect(first.contains(cell), "\(first)")
    }
    #expect(analysis.connecting(.dense, "chain") == (1, 2))
    // The start alone, at t = 0, is no pair.
    #expect(report.text.contains(/\| bezier +\| +2.00 .*\| +3.00 .*\| +2.00 .*\| +1.20 .*\| +0.25/))
    #expect(report.text.contains("length / distance"))
    #expect(report.records.rows.count == 2 * 3 * 5 + 2 * (3 + 49))
    #expect(
      try written(report) == [
        "ensembles-1.svg", "error-along-1.svg", "loss-along-1.svg", "plane-1-test-error.svg",
        "plane-1-train-loss.svg", "plane-2-test-error.svg", "plane-2-train-loss.svg",
      ])
  }

  @Test(
    "gaps are counted and do not connect; diverged ends are left out; missing artifacts are told")
  func gaps() throws {
    let (report, analysis) = try report(curve("points: 5", curves: "{bezier: {bezier: 1}}")) {
      cell in
      if cell.path == "segment" {
        return cell.replicate == 1 ? .found(path(.segment, top: 60)) : nil
      }
      return cell.replicate == 1
        ? .found(path(.bezier(bends: 1), top: 3, gap: true))
        : .diverged(.input(role: InputRole.end))
    }
    #expect(analysis.gaps == 1 && analysis.endless == 1 && analysis.terms.missing == 1)
    #expect(analysis.connecting(.dense, "bezier") == (0, 1))
    #expect(report.text.contains("1 point has no finite loss"))
    #expect(report.text.contains("**1** path has an end whose training diverged and is left out"))
    _ = try written(report)
  }

  @Test("a curve whose training diverged connects nothing, and the report says so")
  func divergedCurves() throws {
    func report(diverging replicates: Set<Int>) throws -> (AnalysisReport, CurveAnalysis) {
      try self.report(
        curve("points: 5", curves: "{bezier: {bezier: 1}}"),
        diverging: { replicates.contains($0.replicate) }
      ) { cell in
        if cell.path == "segment" { return .found(path(.segment, top: 60)) }
        return replicates.contains(cell.replicate)
          ? .diverged(.input(role: InputRole.curve)) : .found(path(.bezier(bends: 1), top: 3))
      }
    }
    let (one, analysis) = try report(diverging: [2])
    #expect(analysis.endless == 0 && analysis.terms.missing == 0)
    #expect(analysis.connecting(.dense, "bezier") == (1, 2))
    #expect(one.text.contains("3.0 %, 0.0 points: it connects them in 1 of 2 replicates."))
    #expect(one.text.contains("1 curve diverged: it has no points and does not connect."))
    let (all, none) = try report(diverging: [1, 2])
    #expect(none.connecting(.dense, "bezier") == (0, 2))
    #expect(
      all.text.contains(
        "on bezier, a quadratic Bézier curve, every training diverged: it does not connect them."))
    _ = try written(all)
  }

  @Test("what lies between three networks")
  func planes() throws {
    let planned = try Planned(
      PlaneDesign.self,
      "analysis: plane\nnetwork: lenet-20\ndataset: digits\nreplicates: 1\ntraining: {duration: 1ep}"
    )
    let key = planned.plan.cells[0].key
    let report = try planned.report([key: Outcome.found(plane())])
    #expect(
      report.text.contains(
        "The test error of three independently trained networks is 2.0 to 4.0 %; half-way between two of"
          + " them it is 50.0 to 70.0 %, in the middle of all three 80.0 %."), "\(report.text)")
    #expect(report.records.rows.count == 7 + 49)
    #expect(report.records.rows[6].prefix(4) == ["1", "A+B+C", "2.0", "1.0"])
    #expect(try written(report) == ["plane-1-test-error.svg", "plane-1-train-loss.svg"])
    let empty = try planned.report([key: Outcome<PlaneResult>.diverged(.input(role: "second"))])
    #expect(empty.text.contains("In 1 replicate a network diverged"))
  }

  @Test("a curve in its plane begins and ends at the networks")
  func places() throws {
    let plane = try #require(
      MeasuredPlane(
        corners: [.init(0, 0), .init(4, 0), .init(2, 3)],
        grid: [(0, 0, Measured()), (1, 0, Measured()), (0, 1, Measured()), (1, 1, Measured())]))
    #expect(plane.xs == [0, 1] && plane.ys == [0, 1])
    let places = plane.places(of: .bezier(bends: 1), count: 3)
    #expect(places[0] == .init(0, 0) && places[2] == .init(4, 0))
    #expect(places[1] == .init(2, 1.5))
    #expect(plane.places(of: .chain(bends: 1), count: 3)[1] == .init(2, 3))
  }
}
