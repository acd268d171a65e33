import Recipes
import Suites

/// Further keys of a lottery suite.
enum LotteryKey: String, SuiteKey {
  case rewind, controls, transfer, statistics
  case learningCurves = "learning-curves"
}

/// Keys below a lottery suite's `controls:`.
enum ControlKey: String, SuiteKey {
  case densities
}

/// Keys below `transfer:`.
enum TransferKey: String, SuiteKey {
  case dataset
}

/// Which tickets are drawn, what they stand against, and how that is decided.
struct LotteryDesign: Hashable, Sendable {
  /// The levels.
  let ladder: LotteryLadder
  /// The steps k whose weights tickets train on from, ascending.
  let rewinds: [Step]
  /// What tickets stand against beside the dense network.
  let controls: LotteryControls
  /// Another dataset on which tickets are trained too; `nil` for none.
  let transfer: DatasetSpecification?
  /// The accuracy of guessing there in percent; 0 where there is none.
  let transferChance: Double
  /// Whether every run's learning curve is recorded.
  let recordsCurves: Bool
  /// The rules of the decision.
  let rules: DecisionRules
  /// What further replicates are still asked for; `nil` for everything.
  var open: Set<Place>?

  /// An arm at a density of a rewinding step and a dataset.
  struct Place: Hashable, Sendable {
    let arm: LotteryArm
    let isTransferred: Bool
    let rewind: Int
    let density: Density
  }

  /// Whether an arm is asked for somewhere.
  func asks(_ arm: LotteryArm, isTransferred: Bool, rewind: Int, at density: Density) -> Bool {
    open?.contains(
      Place(arm: arm, isTransferred: isTransferred, rewind: rewind, density: density)) ?? true
  }

  /// How many levels are asked for of a rewinding step: the ticket of the deepest takes those before it.
  func levels(rewind: Int) -> Int {
    guard let open else { return ladder.levels }
    return ladder.lastLevel(reaching: open.filter { $0.rewind == rewind }.map(\.density))
  }
}

/// What a ticket stands against: ablations of it.
struct LotteryControls: Hashable, Sendable {
  /// How often each ablation is drawn; those that are not are left out.
  var draws: [Ablation: Int] = [:]
  /// The densities at which controls are run; `nil` for all of the ladder's.
  var densities: [Density]?

  /// Those of `ablations`, each drawn once.
  init(_ ablations: [Ablation] = []) {
    for ablation in ablations { draws[ablation] = 1 }
  }

  /// Those of Frankle & Carbin (ICLR 2019).
  static let papers = LotteryControls([.random, .reinitialize])

  /// The ablations, in the order in which they are listed.
  var ablations: [Ablation] { Ablation.ofTickets.filter { (draws[$0] ?? 0) > 0 } }
  /// The arms of these controls, in their order.
  var arms: [LotteryArm] { ablations.map(LotteryArm.init) }
}

/// What is trained at one density: the network before pruning, the ladder's mask with the weights at the rewinding step, or
/// an ablation of that ticket.
struct LotteryArm: RawRepresentable, CaseIterable, Hashable, Codable, Sendable {
  /// Its name in tables: an ablation's is the ablation's.
  let rawValue: String

  /// The network before pruning.
  static let dense = LotteryArm(named: Method.dense)
  /// The ladder's mask with the weights at the rewinding step.
  static let ticket = LotteryArm(named: "ticket")
  static let allCases = [dense, ticket] + Ablation.ofTickets.map(LotteryArm.init)

  private init(named name: String) { rawValue = name }

  /// A ticket under `ablation`.
  init(_ ablation: Ablation) { self.init(named: ablation.name) }

  init?(rawValue: String) {
    guard let arm = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = arm
  }

  /// What is done to the ticket; `nil` for nothing.
  var ablation: Ablation? { Ablation.named(rawValue) }

  /// The arm as sentences and tables name it.
  var words: String {
    self == .dense ? "dense network" : ablation?.words(of: Self.ticket.rawValue) ?? rawValue
  }
}
