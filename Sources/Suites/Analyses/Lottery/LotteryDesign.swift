package import Recipes

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

/// What a ticket stands against.
package struct LotteryControls: Hashable, Sendable {
  /// Whether masks drawn at random, at the ticket's density, are trained.
  package var random = false
  /// Whether the ticket's mask is permuted within each layer.
  package var shuffle = false
  /// How many fresh networks are drawn under the ticket's mask.
  package var reinitializations = 0
  /// Whether the ticket's mask is trained with the weights of another replicate.
  package var otherSeed = false
  /// The densities at which controls are run; `nil` for all of the ladder's.
  package var densities: [Density]?

  /// No controls.
  package init() {}

  /// Those of Frankle & Carbin (ICLR 2019).
  package static var papers: LotteryControls {
    var controls = LotteryControls()
    (controls.random, controls.reinitializations) = (true, 1)
    return controls
  }

  /// The arms of these controls, in their order.
  package var arms: [LotteryArm] {
    (random ? [.random] : []) + (shuffle ? [.shuffle] : [])
      + (reinitializations > 0 ? [.reinitialize] : []) + (otherSeed ? [.otherSeed] : [])
  }
}

/// What is trained at one density.
package enum LotteryArm: String, Hashable, Sendable, CaseIterable, Codable {
  /// The network before pruning.
  case dense
  /// The ladder's mask with the weights at the rewinding step.
  case ticket
  /// A mask drawn at random with the same densities and scope, and the weights at the rewinding step.
  case random
  /// The ticket's mask permuted within each layer, and the weights at the rewinding step.
  case shuffle
  /// The ticket's mask on a fresh network at step 0.
  case reinitialize
  /// The ticket's mask with the weights at the rewinding step of the next replicate's dense network.
  case otherSeed = "other-seed"
}
