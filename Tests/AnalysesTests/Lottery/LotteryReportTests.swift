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
    statistics: {margin: 1}
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

  /// What was found, by artifact; of replicates that `isThere`, with the lowest validation loss at `early`, in runs
  /// that give the test examples so many `classes`.
  private func found(
    _ planned: Planned<LotteryDesign>, isThere: (Int) -> Bool = { _ in true },
    early: (LotteryCell) -> Int = { 8 * ($0.level + 1) },
    classes: (LotteryCell) -> Int = { _ in 4 }, _ accuracies: Accuracies
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
              test: evaluation($0), predicted: .init(classes: classes(cell), commonest: 300),
              change: .init(signChanges: 25, kept: 100, distance: 3.5)))
        } ?? .diverged(.own(iteration: 7)), steps: 32, prunedWeightsAtZero: 10 * cell.level,
        prunedWeights: 10 * cell.level,
        // The second draw is none of the output layer.
        start: cell.arm == .reinitialize ? ["x", cell.draw == 1 ? "y" : "b"] : ["a", "b"])
      if let trace = cell.training.trace {
        found[trace] = TraceResult(
          curve: [.init(iteration: early(cell), validation: evaluation(90))],
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

  @Test("matches, lowered and raised come out where they were put in")
  func verdicts() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    let analysis = try analysis(planned, found(planned, Self.plain))
    let group = try #require(analysis.groups.first)
    #expect(analysis.groups.count == 1 && analysis.comparisons.count == 5)
    let ticket = try #require(analysis.judged(group, .ticket, against: .dense))
    #expect(ticket.comparison.sameness == .noWorse)
    #expect(ticket.verdicts.map(\.isMaintained) == [true, false])
    #expect(ticket.verdicts.map(\.change) == [nil, .lowered])
    // Equal differences of −0.1 spread by one of 1,000 examples: t = 0.9 √3 / 0.1 with 2 degrees of freedom, of
    // which P(T > t) = (1 − t / √(2 + t²)) / 2; five comparisons share α.
    let t = 9 * 3.0.squareRoot()
    let p = (1 - t / (2 + t * t).squareRoot()) / 2
    #expect(abs(ticket.verdicts[0].adjustedEquivalence - 5 * p) < 1e-9)
    // Random pruning lies 2 below dense, 1.9 below the ticket and 3 above the ticket of level 2.
    let random = try #require(analysis.judged(group, .random, against: .ticket))
    #expect(random.comparison.sameness == .withinMargin)
    #expect(random.verdicts.map(\.change) == [.lowered, .raised])
    #expect(random.verdicts.map { (($0.cell.mean ?? 0) * 10).rounded() / 10 } == [-1.9, 3])
    // Draws are averaged: 85, whatever their scatter; the ticket of level 2 is there too, and the chain is broken.
    let fresh = try #require(analysis.judged(group, .reinitialize, against: .ticket))
    #expect(fresh.verdicts.map { (($0.cell.mean ?? 9) * 10).rounded() / 10 } == [-4.9, 0])
    #expect(fresh.verdicts[1].isUndecided && fresh.maintained.isEmpty)
    #expect(
      analysis.accuracies(group, .reinitialize, planned.design.ladder.densities[0]).values.sorted()
        .map { ($0 * 10).rounded() / 10 } == [85, 85.2, 85.4])
  }

  @Test(
    "a ticket more accurate than the dense network matches it; none matches below one that does not"
  )
  func chain() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    func ticket(_ differences: [Double]) throws -> JudgedComparison<TicketComparison> {
      let analysis = try self.analysis(
        planned,
        found(planned) { cell in
          let dense = 80 + 0.2 * Double(cell.replicate)
          return cell.arm == .ticket ? dense + differences[cell.level - 1] : dense
        })
      return try #require(analysis.judged(analysis.groups[0], .ticket, against: .dense))
    }
    #expect(try ticket([5, 7]).verdicts.map(\.isMaintained) == [true, true])
    #expect(try ticket([5, 7]).verdicts.map(\.change) == [.raised, .raised])
    #expect(try ticket([-5, 7]).verdicts.map(\.isMaintained) == [false, false])
    #expect(try ticket([-5, 7]).verdicts.map(\.change) == [.lowered, .raised])
  }

  @Test("a run that gives all examples one class, or has no path to do otherwise, blocks a match")
  func blocked() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    func text(_ classes: @escaping (LotteryCell) -> Int) throws -> (String, LotteryAnalysis) {
      let found = self.found(planned, classes: classes) { _ in 50 }
      return (try planned.report(found).text, try self.analysis(planned, found))
    }
    let (sound, _) = try text { _ in 4 }
    #expect(
      sound.contains(
        "**ticket against the dense network**: **Matches at every tested density from 80 % to 64 %**: "
          + "mean accuracy drops by less than 1 point (3 runs, none collapsed; failure rate up to 71 %)."
      ),
      "\(sound)")
    // Random masks of level 2 leave no path in these results.
    #expect(
      sound.contains(
        "Failed runs at 64 %: 3 of 3 random pruning runs predict one class, none of 3 dense ones"))
    let (failed, analysis) = try text { cell in
      cell.arm == .ticket && cell.level == 2 && cell.replicate == 1 ? 1 : 4
    }
    let ticket = try #require(analysis.judged(analysis.groups[0], .ticket, against: .dense))
    #expect(ticket.verdicts.map(\.isMaintained) == [true, false])
    #expect(ticket.verdicts[1].cell.block == .failed)
    #expect(
      failed.contains(
        "Failed runs at 64 %: 1 of 3 ticket runs predict one class, none of 3 dense ones "
          + "(failure rates 0.84 % to 91 % and 0 % to 71 %, McNemar p = 1.000); no claim of match."),
      "\(failed)")
  }

  @Test("what a table does not record of collapse is known where accuracy or mask tell")
  func collapses() {
    var run = LotteryRun()
    run.accuracy = 12.6
    #expect(run.failure(chance: 12.5) == nil && run.tellsClasses(above: 12.5))
    // As good as the commonest class alone.
    #expect(run.failure(chance: 12.6) == .guessing && !run.tellsClasses(above: 12.6))
    run.predictedClasses = 2
    #expect(run.failure(chance: 12.6) == nil && run.tellsClasses(above: 12.6))
    run.predictedClasses = 1
    #expect(run.failure(chance: 12.5) == .collapsed)
    (run.predictedClasses, run.connected) = (nil, false)
    #expect(run.failure(chance: 12.5) == .collapsed && run.tellsClasses(above: 12.5))
    (run.accuracy, run.connected) = (nil, true)
    #expect(run.failure(chance: 12.5) == .diverged)
  }

  @Test("early-stopping steps are medians, with the censored ones counted")
  func earlySteps() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    let settings = planned.design.settings(planned.suite, planned.plan)
    let (end, every) = (settings.duration, settings.evaluateEvery)
    #expect(end == 32 && every == 4)
    // Level 1: 4, 8 and 28, the last of which is followed by one interval alone; level 2: 20, 28 and 32.
    let steps = [[4, 8, 28], [20, 28, 32]]
    let found = self.found(
      planned, early: { $0.level == 0 ? 24 : steps[$0.level - 1][$0.replicate - 1] }, Self.plain)
    let analysis = try self.analysis(planned, found)
    let group = analysis.groups[0]
    let samples = planned.design.ladder.densities.compactMap {
      analysis.earlySteps(group, .ticket, $0)
    }
    #expect(samples.map(\.median) == [.init(8, isCensored: false), .init(28, isCensored: true)])
    #expect(samples.map(\.censoredCount) == [1, 2])
    // Two draws of each replicate are six runs.
    let draws = try #require(
      analysis.earlySteps(group, .reinitialize, planned.design.ladder.densities[1]))
    #expect(draws.times.count == 6 && draws.censoredCount == 4)
    let text = try planned.report(found).text
    #expect(text.contains("in the last evaluation interval, at step 28 or later of 32"))
    #expect(text.contains("The dense network's: 24 (0 of 3 censored)."))
    #expect(try row(text, "|    64 % | ≥ 28 (2 of 3 censored)").contains("≥ 28 (4 of 6 censored)"))
    #expect(try row(text, "|     1 |").contains(" 8 (1 of 3 censored) |"))
  }

  @Test("the report says so, with figures, and every run is in its table")
  func report() throws {
    let planned = try Planned(LotteryDesign.self, Self.text)
    let report = try planned.report(found(planned, Self.plain))
    let text = report.text
    #expect(text.hasPrefix("# Does it match?\n"))
    #expect(
      text.contains(
        "On this test set, by this recipe, at 5 % familywise for each kind of claim: **tickets rewound to "
          + "initialization match the dense network (90.20 %) at 80 % of the weights, and are less accurate than "
          + "it at 64 %; of their 2 controls none is shown to match it from the densest on, and 2 are "
          + "shown to be less accurate than the ticket at some density.**"), "\(text)")
    #expect(
      try row(text, "| ticket ").contains("| **matches** at 80 %; **lowered** at 64 % "))
    #expect(
      try row(text, "| random pruning ").contains(
        "| **lowered** at 80 %, 64 %; failed runs at 64 % | **lowered** at 80 %; **raised** at 64 %;"
      ))
    #expect(
      text.contains("**Lowered** at 64 %, by 5.00 points [4.83, 5.17]."), "\(text)")
    #expect(text.contains(/\|    80 % \| yes, yes \| no, no/))
    #expect(text.contains(/\|    64 % \| no, no/))
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
    for figure in ["accuracy", "differences", "early-stopping", "layers"] {
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
    #expect(report.text.contains("18 artifacts of the plan are not there yet"))
    #expect(
      report.text.contains("4 pairs of runs with one that diverged count it as 25 %"),
      "\(report.text)")
    #expect(
      report.text.contains(
        "Failed runs at 80 %: 1 of 2 random pruning runs diverge, none of 2 dense ones"))
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
        "tickets rewound to step 8, trained on gaussian-mixture match the dense network (70.20 %) at every "
          + "tested density from 80 % to 64 %"), "\(report.text)")
    let analysis = try analysis(planned, found(planned) { _ in 50 })
    #expect(analysis.groups.count == 4)
    #expect(analysis.comparisons.count == 2 * 5 + 2 * 3)
    #expect(
      analysis.comparisons.filter { $0.comparison.treated == .ticket }.allSatisfy {
        $0.maintained.count == 2
      })
  }
}
