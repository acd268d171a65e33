import Laboratory
import Randomness
import Recipes
import Suites

/// One training of a lottery suite and what it stands for.
struct LotteryCell: AnalysisCell {
  /// What is trained.
  let arm: LotteryArm
  /// Whether it is trained on the dataset that tickets are transferred to.
  let isTransferred: Bool
  /// Steps of the dense network whose weights training goes on from; 0 for ``LotteryArm/dense``.
  let rewind: Int
  /// Level of the ladder; 0 is the dense network.
  let level: Int
  /// Fraction kept of the weights that the ladder ranks together.
  let density: Density
  /// Number of the replicate, from 1.
  let replicate: Int
  /// Number of the reinitialization, from 1; 1 in every other arm.
  let draw: Int
  /// The training.
  let training: TrainingArtifacts
  /// Its mask; `nil` for the dense network.
  let mask: Key?
  /// Trainings that a runner would do for this one alone.
  let unsharedTrainings: Int

  var keys: [Key] { training.keys }
  var place: RunPlace {
    RunPlace(method: arm.rawValue, density: density, replicate: replicate)
  }
}

extension LotteryDesign {
  /// The dense network, then for each rewinding step the ladder and its controls.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [LotteryCell] {
    var expansion = LotteryExpansion(
      design: self, own: replicate,
      other: try ScoredReplicate(replicate.suite, replicate.replicate + 1))
    try expansion.add(.dense, .dense, replicate.dense, mask: nil, unshared: 1, in: &builder)
    for rewind in rewinds {
      try expansion.run(
        rewind.iterations(perEpoch: replicate.suite.stepsPerEpoch), in: &builder)
    }
    return expansion.cells
  }
}

/// Expands one replicate.
private struct LotteryExpansion {
  let design: LotteryDesign
  let own: ScoredReplicate
  /// The replicate whose weights the other-seed control takes: the next one, which may be none of the suite's, so that
  /// it stays the same when replicates are added.
  let other: ScoredReplicate
  private(set) var cells: [LotteryCell] = []

  private var suite: Suite { own.suite }

  init(design: LotteryDesign, own: ScoredReplicate, other: ScoredReplicate) {
    (self.design, self.own, self.other) = (design, own, other)
  }

  /// A rewinding step and a level.
  struct Place {
    let rewind: Int
    let level: Int
    let density: Density

    static let dense = Place(rewind: 0, level: 0, density: .one)
  }

  /// Adds the ladder of one rewinding step and what it stands against.
  mutating func run(_ rewind: Int, in builder: inout PlanBuilder) throws {
    let count = design.levels(rewind: rewind)
    guard count > 0 else { return }
    let levels = try own.climb(design.ladder, rewindingTo: rewind, levels: count, in: &builder)
    for level in levels {
      let place = Place(rewind: rewind, level: level.number, density: level.density)
      guard let mask = level.mask else {
        try transfer(.dense, place, mask: nil, unshared: rewind > 0 ? 2 : 1, in: &builder)
        continue
      }
      // Every mask takes the dense network and the levels before it.
      let behind = design.ladder.schedule == .iterative ? level.number : 1
      // A ladder that goes deeper takes the tickets above.
      let isAsked =
        design.ladder.schedule == .iterative || asks(.ticket, place, isTransferred: false)
      let ticket =
        isAsked
        ? try add(.ticket, place, level.walk, mask: mask, unshared: behind + 1, in: &builder) : nil
      try transfer(.ticket, place, mask: mask, unshared: behind + 1, in: &builder)
      guard design.controls.densities?.contains(level.density) ?? true else { continue }
      for ablation in design.controls.ablations {
        try addControl(ablation, place, ticket: ticket, mask: mask, behind: behind, in: &builder)
      }
    }
  }

  private mutating func addControl(
    _ ablation: Ablation, _ place: Place, ticket: TrainingArtifacts?, mask: Key, behind: Int,
    in builder: inout PlanBuilder
  ) throws {
    let arm = LotteryArm(ablation)
    // Weights at step k take the dense network's training.
    let weights = place.rewind > 0 ? 1 : 0
    let isAsked = asks(arm, place, isTransferred: false)
    guard isAsked || asks(arm, place, isTransferred: true) else { return }
    switch ablation.stage {
    case .scores:
      let mask = try addRandomMask(place, in: &builder)
      if isAsked {
        let walk = try rewound(own, arm, place, mask, in: &builder)
        try add(arm, place, walk, mask: mask, unshared: weights + 1, in: &builder)
      }
      try transfer(arm, place, mask: mask, unshared: weights + 1, in: &builder)
    case .mask:
      let label = own.label("\(ablation.name) ticket", place.density, rewoundTo: place.rewind)
      let mask = try own.change(mask, by: ablation, label: label, in: &builder)
      let walk = try rewound(own, arm, place, mask, in: &builder)
      try add(arm, place, walk, mask: mask, unshared: behind + 1, in: &builder)
    case .start(.fresh):
      for draw in 1..<((design.controls.draws[ablation] ?? 0) + 1) {
        let walk = try own.walk(
          fromDraw: own.streams.reinitialization / "level \(place.level)" / "draw \(draw)",
          order: order(of: place), under: mask, words: words(arm, place))
        try add(
          arm, place, walk, mask: mask, against: ticket, draw: draw, unshared: behind + 1,
          in: &builder)
      }
    case .start(.otherReplicate):
      let walk = try rewound(other, arm, place, mask, in: &builder)
      try add(arm, place, walk, mask: mask, unshared: behind + 1 + weights, in: &builder)
    case .ranking, .training:
      preconditionFailure("\(ablation.name) is no ablation of tickets")
    }
  }

  /// The walk of a control that starts where the ticket of `replicate` does, in the ticket's data order.
  private func rewound(
    _ replicate: ScoredReplicate, _ arm: LotteryArm, _ place: Place, _ mask: Key,
    in builder: inout PlanBuilder
  ) throws -> PlannedWalk {
    try replicate.walk(
      from: place.rewind, order: order(of: place), under: mask, words: words(arm, place),
      in: &builder)
  }

  private func words(_ arm: LotteryArm, _ place: Place) -> String {
    own.words(arm.rawValue, place.density, rewoundTo: place.rewind)
  }

  private func order(of place: Place) -> StreamPath {
    own.order(ofLevel: place.level, of: design.ladder)
  }

  private func addRandomMask(_ place: Place, in builder: inout PlanBuilder) throws -> Key {
    let random = CriterionSpecification(.random)
    let scores = try builder.add(
      ScoresRecipe(
        problem: suite.problem, weights: own.weights(after: 0), criterion: random,
        scoring: .unread(.eval), stream: own.streams.scoring(random) / "level \(place.level)"),
      label: "random scores · level \(place.level) · replicate \(own.replicate)")
    return try builder.add(
      design.ladder.mask(ofLevel: place.level, in: suite.problem),
      inputs: [InputRole.scores: scores], label: own.label("mask random", place.density))
  }

  /// A training on the dataset that tickets are transferred to, where there is one, from the weights at the rewinding
  /// step and from the start of the schedule.
  private mutating func transfer(
    _ arm: LotteryArm, _ place: Place, mask: Key?, unshared: Int, in builder: inout PlanBuilder
  ) throws {
    guard let target = design.transfer, asks(arm, place, isTransferred: true) else { return }
    var inputs = try own.inputs(after: place.rewind, in: &builder)
    inputs[InputRole.mask] = mask
    let walk = try PlannedWalk(
      WalkRecipe(
        problem: Problem(network: suite.problem.network, dataset: target),
        start: own.weights(after: place.rewind), training: suite.training,
        order: own.streams.order, device: suite.device, precision: suite.precision),
      inputs: inputs,
      words: own.label(
        "\(arm.rawValue) on \(target.source.name)", place.density, rewoundTo: place.rewind))
    try add(
      arm, place, walk, mask: mask, isTransferred: true, unshared: unshared, in: &builder)
  }

  private func asks(_ arm: LotteryArm, _ place: Place, isTransferred: Bool) -> Bool {
    design.asks(arm, isTransferred: isTransferred, rewind: place.rewind, at: place.density)
  }

  @discardableResult
  mutating func add(
    _ arm: LotteryArm, _ place: Place, _ walk: PlannedWalk, mask: Key?,
    isTransferred: Bool = false, against original: TrainingArtifacts? = nil, draw: Int = 1,
    unshared: Int, in builder: inout PlanBuilder
  ) throws -> TrainingArtifacts {
    let training = try walk.training(
      every: suite.evaluateEvery, splits: [.test], against: original, in: &builder)
    cells.append(
      LotteryCell(
        arm: arm, isTransferred: isTransferred, rewind: place.rewind, level: place.level,
        density: place.density, replicate: own.replicate, draw: draw, training: training,
        mask: mask, unsharedTrainings: unshared))
    return training
  }
}
