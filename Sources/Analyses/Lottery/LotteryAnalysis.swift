import Recipes
import Statistics
import Suites

/// What a lottery suite's runs show.
struct LotteryAnalysis {
  /// The runs that share a dense network to stand against: one rewinding step on one dataset.
  struct Group: Hashable {
    let rewind: Int
    let isTransferred: Bool
  }

  let terms: Terms<LotterySettings>
  var settings: LotterySettings { terms.settings }
  let runs: LotteryRuns
  let groups: [Group]
  /// Group by group and arm by arm: against the dense network, and of controls against the ticket.
  let comparisons: [JudgedComparison<TicketComparison>]

  /// Judges `runs` by `terms`.
  init(_ runs: [LotteryRun], _ terms: Terms<LotterySettings>) throws {
    self.terms = terms
    let settings = terms.settings
    let runs = LotteryRuns(runs, settings)
    self.runs = runs
    let groups = settings.groups
    self.groups = groups
    let comparisons = try groups.flatMap { group in
      try settings.arms(of: group).flatMap { arm in
        try [LotteryArm.dense, .ticket].filter { $0 != arm }.compactMap { control in
          try TicketComparison(
            group, arm, with: control, in: runs,
            place: groups.count > 1 ? settings.title(group) : "", looks: terms.allLooks)
        }
      }
    }
    self.comparisons = try Self.judged(comparisons, terms)
  }

  /// The comparisons with their verdicts: one family, or one for each arm, as the terms have it.
  private static func judged(
    _ comparisons: [TicketComparison], _ terms: Terms<LotterySettings>
  ) throws -> [JudgedComparison<TicketComparison>] {
    let rule = ComparisonScale(try terms.settings.rule, examples: nil, looks: terms.allLooks)
    switch terms.settings.family {
    case .suite: return try FamilyClaims(comparisons, rule).judged
    case .ablation:
      return try comparisons.map(\.treated).distinct.flatMap { arm in
        try FamilyClaims(comparisons.filter { $0.treated == arm }, rule).judged
      }
    }
  }

  /// The verdicts on an arm against the dense network or the ticket.
  func judged(_ group: Group, _ arm: LotteryArm, against control: LotteryArm)
    -> JudgedComparison<TicketComparison>?
  {
    comparisons.first {
      ($0.comparison.group, $0.comparison.treated, $0.comparison.control) == (group, arm, control)
    }
  }

  /// The controls of a group.
  func controls(of group: Group) -> [LotteryArm] { Array(settings.arms(of: group).dropFirst()) }

  /// One number per replicate, averaged over draws; replicates without any are left out.
  func sample(
    _ group: Group, _ arm: LotteryArm, _ density: Density, _ value: (LotteryRun) -> Double?
  ) -> [Int: Double] {
    Dictionary(grouping: runs(group, arm, density), by: \.replicate).compactMapValues {
      let values = $0.compactMap(value)
      return values.isEmpty ? nil : Sample.mean(values)
    }
  }

  /// Accuracies by replicate; diverged runs count as chance.
  func accuracies(_ group: Group, _ arm: LotteryArm, _ density: Density) -> [Int: Double] {
    sample(group, arm, density) { $0.accuracy ?? settings.chance(of: group) }
  }

  /// Mean and 95 % t-interval over replicates.
  func summary(_ sample: [Int: Double]) -> MeanInterval? {
    MeanInterval(of: sample.sorted { $0.key < $1.key }.map(\.value))
  }

  /// The same of a number of runs.
  func summary(
    _ group: Group, _ arm: LotteryArm, _ density: Density, _ value: (LotteryRun) -> Double?
  ) -> MeanInterval? {
    summary(sample(group, arm, density, value))
  }

  /// Steps of the lowest validation loss of the runs that did not diverge; `nil` for none.
  ///
  /// A run is censored where no more than one evaluation interval of training follows its lowest loss: nothing
  /// but one evaluation tells that the loss had turned, and the minimum of a longer training lies there or later.
  func earlySteps(_ group: Group, _ arm: LotteryArm, _ density: Density) -> CensoredSample? {
    CensoredSample(
      runs(group, arm, density).filter { $0.accuracy != nil }.compactMap { run in
        run.earlyStep.map { step in
          CensoredSample.Time(
            Double(step), isCensored: step + settings.evaluateEvery >= settings.duration)
        }
      })
  }
}
