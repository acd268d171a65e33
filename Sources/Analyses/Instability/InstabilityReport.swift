import Recipes
import Reports
import Statistics
import Suites
import Wording

/// What an instability report says beyond its rows.
struct InstabilitySettings: PathSettings, Hashable, Codable, Sendable {
  /// Networks asked about, the dense one first.
  let networks: [Subnetwork]
  /// Steps at which siblings part, ascending.
  let steps: [Step]
  /// Siblings of every parent.
  let orders: Int
  /// Points of error below which a network is stable.
  let stableBelow: Double
  /// Batch norm's statistics.
  let policies: [StatisticsPolicy]
  /// Test examples, and training examples that are measured; 0 for none.
  let testExamples, trainingExamples: Int
  /// Whether training examples are augmented.
  let isAugmented: Bool
  /// Networks that the plan trains, and those that a runner which shares nothing would.
  let trainings, unsharedTrainings: Int
  /// Where tickets come from and under which noise, in words.
  let ladder: String?

  var measuresTraining: Bool { trainingExamples > 0 }

  /// The least spread in points that errors on a split can show: one example.
  func leastError(on split: PathSplit) -> Double {
    SampleSummary.oneExample(of: split == .test ? testExamples : trainingExamples)
  }
}

extension InstabilityDesign {
  var describedMethods: [Method] { methods }

  func settings(_ suite: Suite, _ plan: AnalysisPlan<InstabilityCell>) -> InstabilitySettings {
    InstabilitySettings(
      networks: networks, steps: steps, orders: orders, stableBelow: stableBelow,
      policies: measurement.measurement(of: suite).statistics,
      testExamples: suite.problem.dataset.source.testCount,
      trainingExamples: measurement.trainingExamples,
      isAugmented: suite.problem.dataset.augmentation != nil,
      trainings: plan.artifacts.trainings,
      unsharedTrainings: unsharedTrainings(plan.cells) ?? 0, ladder: ladder.map(Self.words))
  }

  /// The noise of finding a ticket is told beside that of its source, from which it may differ.
  private static func words(_ ladder: LotteryLadder) -> String {
    let levels =
      "a ladder of \(Format.count(ladder.levels, "level")), each keeping "
      + "\(Format.percent(ladder.kept.value)) of the one before"
    let order =
      ladder.dataOrder == .fresh
      ? "every level draws the order of the data anew"
      : "every level repeats the order in which the dense network sees the data from step k on"
    switch ladder.schedule {
    case .oneShot:
      return
        "\(levels), all ranked once after training and rewound to the step k at which siblings "
        + "part"
    case .iterative:
      let source = "algorithm 2 of Frankle et al., ICML 2020"
      return
        "\(levels), trained, pruned and rewound level by level to the step k at which siblings "
        + "part: "
        + (ladder.dataOrder == .fresh
          ? "\(source), in which \(order)"
          : "\(source), but for its noise, as here \(order) and there it is drawn anew")
    }
  }

  func rows(_ suite: Suite, _ cells: [InstabilityCell], _ records: Records) throws
    -> [InstabilityRow]
  {
    let policies = measurement.measurement(of: suite).statistics
    return try cells.flatMap { cell -> [InstabilityRow] in
      switch try records.result(of: cell.key, as: Outcome<SegmentResult>.self) {
      case .found(let path): InstabilityRow.rows(cell, path, policies)
      case .diverged: [InstabilityRow(cell)]
      case nil: []
      }
    }
  }

  static func report(_ rows: [InstabilityRow], _ terms: Terms<InstabilitySettings>) throws
    -> [ReportSection]
  {
    let analysis = InstabilityAnalysis(rows, terms)
    let verdicts = try InstabilityVerdicts(analysis)
    return [
      try analysis.answerSection(verdicts), try analysis.stepSection(),
      try analysis.verdictSection(verdicts), analysis.errorSection, try analysis.segmentSection(),
      analysis.sharedWorkSection, .provenance(terms),
    ]
  }
}
