import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

@Suite struct LearningCurveTests {
  private static func curve(_ values: [(Int, Double, Double?)]) -> LearningCurve {
    var curve = LearningCurve()
    for (step, accuracy, loss) in values {
      if let loss { curve.set(\.loss, at: step, to: loss) }
      curve.set(\.accuracy, at: step, to: accuracy)
    }
    return curve
  }

  /// The known runs with curves: those of replicate 1 end early and know no loss at the end.
  private static let runs = Runs.changed { record in
    record.details.curve = curve(
      record.replicate == 1
        ? [(100, 40, 9), (200, 50, nil)]
        : [(300, record.accuracy ?? 0, 0.5), (100, 44, 1.5), (200, 60, 1)])
    return true
  }

  @Test("points stand in two columns for every step, and come back with gaps where there are none")
  func roundTrip() throws {
    let table = RunRecord.table(of: Self.runs)
    let names = ["accuracy", "loss"].flatMap { name in
      [100, 200, 300].map { "validation_\(name):\($0)" }
    }
    #expect(table.header.suffix(6).map { $0 } == names)
    #expect(table.rows[0].suffix(6).map { $0 } == ["40.0", "50.0", "", "9.0", "", ""])
    let again = try RunRecord.rows(
      in: try CSV(parsing: table.rendered(), file: "records.csv"), file: "records.csv")
    #expect(again == Self.runs)
    #expect(!RunRecord.table(of: Runs.known).header.contains { $0.hasPrefix("validation_loss") })
  }

  @Test("a point that is no number is told with its row and column")
  func fault() throws {
    let text =
      "accuracy,method,ablation,density,replicate,validation_loss:40\n97,snip,none,0.5,1,low\n"
    let error = #expect(throws: RecordsError.self) {
      try RunRecord.rows(in: try CSV(parsing: text, file: "mine.csv"), file: "mine.csv")
    }
    #expect(
      error.map { "\($0)" }?.contains("row 2: validation_loss:40: found 'low'; write a number")
        == true)
  }

  @Test("means of runs are drawn at every step, arm by arm, and density by density")
  func drawn() throws {
    let report = try AnalysisReport(AblationDesign.self, Self.runs, Runs.terms())
    let figures = report.sections.flatMap(\.figures).filter { $0.name.hasPrefix("curves-") }
    #expect(
      figures.map(\.name) == [
        "curves-1-accuracy", "curves-1-loss", "curves-2-accuracy", "curves-2-loss",
      ])
    guard case .lines(let accuracy)? = figures.first?.figure.drawing,
      case .lines(let loss)? = figures.dropFirst().first?.figure.drawing
    else {
      Issue.record("no lines")
      return
    }
    #expect(accuracy.panels.map(\.title) == ["random", "snip"])
    let own = try #require(accuracy.panels.last?.series.first)
    #expect(own.points.map(\.x) == [100, 200, 300])
    // One run of 40 and four of 44; of 50 and 60; 91, 90.5, 90.2 and 90.8 at the end.
    #expect(own.points.map(\.y) == [43.2, 58, 90.625])
    #expect(loss.panels.last?.series.first?.points.map(\.y) == [3, 1, 0.5])
    // No loss lies below 0 and no accuracy above 100, and no interval does.
    let lowest = loss.panels.flatMap(\.series).flatMap(\.points).compactMap(\.lower).min()
    let highest = accuracy.panels.flatMap(\.series).flatMap(\.points).compactMap(\.upper).max()
    #expect(lowest == 0)
    #expect(highest.map { $0 <= 100 } == true)
    #expect(report.text.contains("## Learning curves"))
    #expect(!(try Runs.report(Runs.known)).contains("Learning curves"))
  }

  @Test("they need examples that are held out")
  func decoding() throws {
    for analysis in ["ablation", "lottery"] {
      let base = """
        analysis: \(analysis)
        network: lenet-20
        training: {duration: 8ep, batch-size: 162}
        \(analysis == "ablation" ? "densities: [10%]\nmethods: {random: random}" : "levels: 2")
        learning-curves: true

        """
      #expect(problems(base + "dataset: digits") == [])
      let told = problems(base + "dataset: {name: digits, validation: 0}")
      #expect(
        told.contains {
          $0.contains("learning-curves: does not apply to suites that hold no examples out")
        }, "\(told)")
    }
  }
}
