import Recipes
import Statistics
import Suites
import Wording

/// What a lottery report says beyond its rows.
struct LotterySettings: Hashable, Codable, Sendable {
  /// The dataset that tickets are transferred to.
  struct Transfer: Hashable, Codable, Sendable {
    let name: String
    /// Examples of the split that decides, and the accuracy of guessing there in percent.
    let examples: Int
    let chance: Double
  }

  /// Accuracy points by which a matching ticket may drop.
  let margin: Double
  /// The familywise error of each kind of claim.
  let alpha: Double
  /// Which comparisons share it.
  let family: DecisionRules.Family
  /// Accuracy of guessing in percent: what a diverged run counts as.
  let chance: Double
  /// The name of the split that decides.
  let split: String
  /// Examples of that split.
  let examples: Int
  /// Densities at which something is claimed.
  let primary: [Density]
  /// Densities of levels 1, 2, ….
  let densities: [Density]
  /// Optimizer steps whose weights tickets train on from.
  let rewinds: [Int]
  /// What tickets stand against beside the dense network.
  let controls: [LotteryArm]
  /// Where tickets are trained too.
  let transfer: Transfer?
  /// Optimizer steps of a training from initialization.
  let duration: Int
  /// Optimizer steps between evaluations on the validation examples.
  let evaluateEvery: Int
  /// How tickets were found and trained.
  let `protocol`: [Fact]

  /// The suite's own dataset and the one that tickets are transferred to, each with every rewinding step.
  var groups: [LotteryAnalysis.Group] {
    [false, true].filter { !$0 || transfer != nil }.flatMap { isTransferred in
      rewinds.map { LotteryAnalysis.Group(rewind: $0, isTransferred: isTransferred) }
    }
  }

  /// The density of level 0, 1, ….
  func density(ofLevel level: Int) -> Density { level == 0 ? .one : densities[level - 1] }

  /// The margin and the level.
  var rule: DecisionRule { get throws { try DecisionRule(margin: margin, alpha: alpha) } }

  /// What differences of a group are measured by.
  func scale(of group: LotteryAnalysis.Group, _ looks: Looks?) throws -> ComparisonScale {
    let examples = group.isTransferred ? transfer?.examples ?? 0 : examples
    return ComparisonScale(try rule, examples: examples > 0 ? examples : nil, looks: looks)
  }

  /// What a diverged run of a group counts as.
  func chance(of group: LotteryAnalysis.Group) -> Double {
    group.isTransferred ? transfer?.chance ?? chance : chance
  }

  /// The ticket and its controls.
  func arms(of group: LotteryAnalysis.Group) -> [LotteryArm] {
    [.ticket] + controls.filter { !group.isTransferred || $0 == LotteryArm(.random) }
  }

  /// What a group is called.
  func title(_ group: LotteryAnalysis.Group) -> String {
    let rewind = group.rewind == 0 ? "initialization" : "step \(Format.count(group.rewind))"
    let transfer = group.isTransferred ? transfer?.name : nil
    return "rewound to \(rewind)" + (transfer.map { ", trained on \($0)" } ?? "")
  }
}

extension LotteryDesign {
  func settings(_ suite: Suite, _ plan: AnalysisPlan<LotteryCell>) -> LotterySettings {
    func examples(_ dataset: DatasetSpecification) -> Int {
      rules.split == .test ? dataset.source.testCount : dataset.validation
    }
    return LotterySettings(
      margin: rules.margin, alpha: rules.alpha, family: rules.family,
      chance: rules.chance, split: rules.split.rawValue,
      examples: examples(suite.problem.dataset),
      primary: rules.primaryDensities, densities: ladder.densities,
      rewinds: rewinds.map { $0.iterations(perEpoch: suite.stepsPerEpoch) },
      controls: controls.arms,
      transfer: transfer.map {
        .init(name: $0.source.name, examples: examples($0), chance: transferChance)
      }, duration: suite.duration,
      evaluateEvery: suite.evaluateEvery.iterations(perEpoch: suite.stepsPerEpoch),
      protocol: protocolFacts)
  }
}
