import Foundation
import Laboratory
@testable import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

/// Reports of results that are made up, so that every number in them can be checked by hand.
@Suite("Reports of lottery suites")
struct LotteryReportTests {
  private static let text = """
    analysis: lottery
    question: Does it match?
    network: lenet-20
    dataset: {name: gaussian-mixture, classes: 4, dimension: 10, train: 400, test: 1000}
    replicates: 3
    training: {duration: 8ep, batch-size: 100}
    levels: 2
    controls: {random: true, reinitialize: 2}
    statistics: {margin: 0.5}
    """

  /// Accuracies in percent by arm and level; `nil` diverges.
  private typealias Accuracies = (LotteryCell) -> Double?

  /// The dense network at 90.0, 90.2, 90.4; tickets 0.1 lower at level 1 and 5 lower at level 2.
  private static func plain(_ cell: LotteryCell) -> Double? {
    let dense = 90 + 0.2 * Double(cell.replicate - 1)
    switch cell.arm {
    case .dense: return dense
    case .ticket: return dense - (cell.level == 1 ? 0.1 : 5)
    case .random: return dense - 2
    // Two draws, 1 above and 1 below 85.
    default: return dense - 5 + (cell.draw == 1 ? 1 : -1)
    }
  }

  /// What was found, by artifact; of replicates that `isThere`.
  private func found(
    _ planned: Planned<LotteryDesign>, isThere: (Int) -> Bool = { _ in true },
    _ accuracies: Accuracies
  ) -> [Key: any Encodable] {
    func evaluation(_ percent: Double) -> Evaluation {
      Evaluation(correct: Int((percent * 10).rounded()), count: 1000, loss: 0.3)
    }
    var found: [Key: any Encodable] = [:]
    for cell in planned.plan.cells where isThere(cell.replicate) {
      let accuracy = accuracies(cell)
      found[cell.training.state] = StateResult(
        outcome: accuracy.map {
          .found(
            .init(
              test: evaluation($0), predicted: .init(classes: 4, commonest: 300),
              change: .init(signChanges: 25, kept: 100, distance: 3.5)))
        } ?? .diverged(.own(iteration: 7)), steps: 32, prunedWeightsAtZero: 10 * cell.level,
        prunedWeights: 10 * cell.level,
        // The second draw is none of the output layer.
        start: cell.arm == .reinitialize ? ["x", cell.draw == 1 ? "y" : "b"] : ["a", "b"])
      if let trace = cell.training.trace {
        found[trace] = TraceResult(
          curve: [.init(iteration: 8 * (cell.level + 1), validation: evaluation(90))],
          earlyStoppingTest: accuracy.map { evaluation($0 + 0.2) })
      }
      let audit = MaskAudit(
        layers: [
          LayerCount(name: "fc_layers.0.weight", size: 200, kept: 200 - 40 * cell.level),
          LayerCount(name: "fc.weight", size: 80, kept: 80 - 10 * cell.level),
        ], effective: [100, 50], outputs: cell.arm != .random || cell.level < 2 ? 4 : 0)
      if let mask = cell.mask {
        found[mask] = MaskResult(audit: audit, ranking: nil, change: nil)
      }
    }
    return found
  }

  private func analysis(_ planned: Planned<LotteryDesign>, _ found: [Key: any Encodable]) throws
    -> LotteryAnalysis
  {
    let (rows, terms) = try planned.table(found)
    return try LotteryAnalysis(rows, terms)
  }

  private func row(_ text: String, _ start: String) throws -> String {
    try #require(text.split(separator: "\n").map(String.init).first { $0.hasPrefix(start) })
  }

  @Test("verdicts, rules and contrasts of accuracies that are known")
  func verdicts() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    let design = planned.design
    let analysis = try analysis(planned, found(planned, Self.plain))
    let group = try #require(analysis.groups.first)
    #expect(analysis.groups.count == 1)
    let tickets = analysis.levels(group, .ticket)
    #expect(tickets.map(\.matching.verdict) == [.matching, .notMatching])
    #expect(tickets.map(\.matching.isWithinOneDeviation) == [true, false])
    #expect(tickets.map(\.matching.isWithinPublishedDrop) == [true, false])
    #expect(tickets.allSatisfy { $0.adjusted != nil })
    #expect(analysis.levels(group, .random).allSatisfy { $0.adjusted == nil })
    // Draws are averaged: 85, whatever their scatter.
    #expect(
      analysis.accuracies(group, .reinitialize, design.ladder.densities[0]).values.sorted()
        .map { ($0 * 10).rounded() / 10 } == [85, 85.2, 85.4])
    // Tickets average 2.55 below dense, random 2, reinitialized 5.
    let means = analysis.contrasts.map { ($0.comparison.mean * 100).rounded() / 100 }
    #expect(means == [-0.55, 2.45])
    #expect(analysis.contrasts.map(\.comparison.verdict.name) == ["lowered", "raised"])
  }

  @Test("the report says so, with figures, and every run is in its table")
  func report() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    let report = try planned.report(found(planned, Self.plain))
    let text = report.text
    #expect(text.hasPrefix("# Does it match?\n"))
    #expect(
      text.contains(
        "Tickets rewound to initialization match the dense network (90.20 %) at 1 of 2 densities (after"
          + " Holm's correction over 2: 1), the sparsest 80 % of the weights (−0.10 points); not"
          + " matching at 1."))
    #expect(text.contains("random pruning −0.55"))
    let first = try row(text, "|    80 % | matching")
    #expect(first.contains(/−0.10 \[−0.10, −0.10\] \| +< 0.001 \[< 0.001\] \|.*yes +\| yes/))
    let second = try row(text, "|    64 % | not matching")
    #expect(second.contains(/−5.00.*no +\| no/))
    #expect(text.contains("Masks without a path from the input to an output: 3 (random pruning)"))
    #expect(text.contains("2,070 of 2,460 kept weights differ"))
    // Level 1 keeps 160 + 70 of 280 weights; 25 % of signs change.
    #expect(
      try row(text, "|     1 |").contains(
        /80 % \| 82.1 % \|.*\| +25 % \| +3.50 \| +80 % \| +87.5 %/))
    #expect(report.records.rows.count == 3 * (1 + 2 * 4))
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try report.write(to: folder)
    for figure in ["accuracy", "early-stopping", "layers"] {
      let file = folder.appending(path: "figures/\(figure).svg")
      #expect(try Data(contentsOf: file).count > 1000, "\(figure)")
    }
  }

  @Test("diverged runs count as chance, and missing ones are told")
  func diverged() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    let design = planned.design
    let partial = found(planned, isThere: { $0 != 3 }) {
      $0.arm == .random && $0.replicate == 1 ? nil : Self.plain($0)
    }
    let analysis = try analysis(planned, partial)
    let group = try #require(analysis.groups.first)
    #expect(analysis.accuracies(group, .random, design.ladder.densities[0])[1] == 25)
    let report = try planned.report(partial)
    #expect(report.text.contains("**18** artifacts are not there yet; run the suite again."))
    #expect(report.text.contains("runs diverged"))
    let empty = try planned.report([:])
    #expect(empty.text.hasPrefix("# Does it match?"))
  }

  @Test("a transfer stands against its own dense network, at every rewinding step")
  func transfer() throws {
    let planned = try Planned(
      LotteryDesign.self,
      Self.text + """

        rewind: [0it, 8it]
        transfer:
          dataset: {name: gaussian-mixture, classes: 4, dimension: 10, train: 300, test: 1000, seed: 5}
        """)
    // On the other dataset everything is 20 points lower, and tickets match there at all levels.
    let report = try planned.report(
      found(planned) { cell in
        guard cell.isTransferred else { return Self.plain(cell) }
        return 70 + 0.1 * Double(cell.replicate) - (cell.arm == .random ? 8 : 0)
      })
    #expect(
      report.text.contains(
        "Tickets rewound to step 8, trained on gaussian-mixture match the dense network (70.20 %) at 2"
          + " of 2 densities"))
    let analysis = try analysis(planned, found(planned) { _ in 50 })
    #expect(analysis.groups.count == 4)
    #expect(analysis.levels.allSatisfy { $0.matching.verdict == .matching })
  }
}
