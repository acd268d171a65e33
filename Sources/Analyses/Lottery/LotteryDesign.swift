package import Recipes
package import Suites

/// Which tickets are drawn, what they stand against, and how that is decided.
package struct LotteryDesign: Hashable, Sendable {
  /// The levels.
  package let ladder: LotteryLadder
  /// The steps k whose weights tickets train on from, ascending.
  package let rewinds: [Step]
  /// What tickets stand against beside the dense network.
  package let controls: LotteryControls
  /// Another dataset on which tickets are trained too; `nil` for none.
  package let transfer: DatasetSpecification?
  /// The rules of the decision.
  package let rules: DecisionRules

  /// A design.
  package init(
    ladder: LotteryLadder, rewinds: [Step], controls: LotteryControls,
    transfer: DatasetSpecification?, rules: DecisionRules
  ) {
    self.ladder = ladder
    self.rewinds = rewinds
    self.controls = controls
    self.transfer = transfer
    self.rules = rules
  }
}

/// What a ticket stands against: ablations of it.
package struct LotteryControls: Hashable, Sendable {
  /// How often each ablation is drawn; those that are not are left out.
  package var draws: [Ablation: Int] = [:]
  /// The densities at which controls are run; `nil` for all of the ladder's.
  package var densities: [Density]?

  /// Those of `ablations`, each drawn once.
  package init(_ ablations: [Ablation] = []) {
    for ablation in ablations { draws[ablation] = 1 }
  }

  /// Those of Frankle & Carbin (ICLR 2019).
  package static let papers = LotteryControls([.random, .reinitialize])

  /// The ablations, in the order in which they are listed.
  package var ablations: [Ablation] { Ablation.ofTickets.filter { (draws[$0] ?? 0) > 0 } }
  /// The arms of these controls, in their order.
  package var arms: [LotteryArm] { ablations.map(LotteryArm.init) }
}

/// What is trained at one density: the network before pruning, the ladder's mask with the weights at the rewinding step, or
/// an ablation of that ticket.
package struct LotteryArm: RawRepresentable, CaseIterable, Hashable, Codable, Sendable {
  /// Its name in tables: an ablation's is the ablation's.
  package let rawValue: String

  /// The network before pruning.
  package static let dense = LotteryArm(named: Method.dense)
  /// The ladder's mask with the weights at the rewinding step.
  package static let ticket = LotteryArm(named: "ticket")
  package static let allCases = [dense, ticket] + Ablation.ofTickets.map(LotteryArm.init)

  private init(named name: String) { rawValue = name }

  /// A ticket under `ablation`.
  package init(_ ablation: Ablation) { self.init(named: ablation.name) }

  package init?(rawValue: String) {
    guard let arm = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = arm
  }

  /// What is done to the ticket; `nil` for nothing.
  package var ablation: Ablation? { Ablation.named(rawValue) }

  /// The arm as sentences and tables name it.
  package var words: String {
    self == .dense ? "dense network" : ablation?.words(of: Self.ticket.rawValue) ?? rawValue
  }
}
