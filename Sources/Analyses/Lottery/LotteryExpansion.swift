package import Laboratory
import Randomness
package import Recipes
package import Suites

/// One training of a lottery suite and what it stands for.
package struct LotteryCell: Hashable, Sendable {
  /// What is trained.
  package let arm: LotteryArm
  /// Whether it is trained on the dataset that tickets are transferred to.
  package let isTransferred: Bool
  /// Steps of the dense network whose weights training goes on from; 0 for ``LotteryArm/dense``.
  package let rewind: Int
  /// Level of the ladder; 0 is the dense network.
  package let level: Int
  /// Fraction kept of the weights that the ladder ranks together.
  package let density: Density
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// Number of the reinitialization, from 1; 1 in every other arm.
  package let draw: Int
  /// The training.
  package let training: TrainingArtifacts
  /// Its mask; `nil` for the dense network.
  package let mask: Key?
  /// Trainings that a runner would do for this one alone.
  package let unsharedTrainings: Int
}

extension AnalysisPlan where Cell == LotteryCell {
  /// Replicate by replicate: the dense network, then for each rewinding step the ladder and its controls.
  init(expanding suite: Suite, _ design: LotteryDesign) throws {
    var (builder, cells) = (PlanBuilder(), [LotteryCell]())
    for number in 1...suite.replicates {
      var expansion = try LotteryExpansion(suite, design, number, builder)
      for rewind in design.rewinds {
        try expansion.run(rewind.iterations(perEpoch: suite.stepsPerEpoch))
      }
      builder = expansion.builder
      cells += expansion.cells
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}

/// Expands one replicate.
private struct LotteryExpansion {
  private let design: LotteryDesign
  private let own: ScoredReplicate
  /// The replicate whose weights the other-seed control takes: the next one, which may be none of the suite's, so that
  /// it stays the same when replicates are added.
  private let other: ScoredReplicate
  private(set) var builder: PlanBuilder
  private(set) var cells: [LotteryCell] = []

  private var suite: Suite { own.suite }

  init(_ suite: Suite, _ design: LotteryDesign, _ number: Int, _ builder: PlanBuilder) throws {
    self.design = design
    own = try ScoredReplicate(suite, number)
    other = try ScoredReplicate(suite, number + 1)
    self.builder = builder
    try add(.dense, .dense, own.dense, mask: nil, unshared: 1)
  }

  /// Adds the ladder of one rewinding step and what it stands against.
  mutating func run(_ rewind: Int) throws {
    let levels = try own.climb(design.ladder, rewindingTo: rewind, in: &builder)
    if let target = design.transfer {
      try transfer(.dense, Place(rewind, levels[0]), mask: nil, to: target, unshared: 1)
    }
    for level in levels.dropFirst() {
      let place = Place(rewind, level)
      guard let mask = level.mask else { continue }
      // Every mask takes the dense network and the levels before it.
      let behind = design.ladder.schedule == .iterative ? level.number : 1
      try add(.ticket, place, level.walk, mask: mask, unshared: behind + 1)
      let ticket = cells[cells.count - 1].training
      if let target = design.transfer {
        try transfer(.ticket, place, mask: mask, to: target, unshared: behind + 1)
      }
      guard design.controls.densities?.contains(level.density) ?? true else { continue }
      for ablation in design.controls.ablations {
        try addControl(ablation, place, ticket: ticket, mask: mask, behind: behind)
      }
    }
  }

  /// A rewinding step and a level.
  private struct Place {
    let rewind: Int
    let level: Int
    let density: Density

    static let dense = Place(rewind: 0, level: 0, density: .one)

    init(_ rewind: Int, _ level: LadderLevel) {
      self.init(rewind: rewind, level: level.number, density: level.density)
    }

    private init(rewind: Int, level: Int, density: Density) {
      (self.rewind, self.level, self.density) = (rewind, level, density)
    }
  }

  private mutating func addControl(
    _ ablation: Ablation, _ place: Place, ticket: TrainingArtifacts, mask: Key, behind: Int
  ) throws {
    let arm = LotteryArm(ablation)
    // Weights at step k take the dense network's training.
    let weights = place.rewind > 0 ? 1 : 0
    switch ablation.stage {
    case .scores:
      let random = try addRandomMask(place)
      try add(arm, place, rewound(own, arm, place, random), mask: random, unshared: weights + 1)
      if let target = design.transfer {
        try transfer(arm, place, mask: random, to: target, unshared: weights + 1)
      }
    case .mask:
      let changed = try own.change(
        mask, by: ablation, label: own.label("\(ablation.name) ticket", place.density), in: &builder
      )
      try add(arm, place, rewound(own, arm, place, changed), mask: changed, unshared: behind + 1)
    case .start(.fresh):
      for draw in 1..<((design.controls.draws[ablation] ?? 0) + 1) {
        let walk = try own.walk(
          fromDraw: own.streams.reinitialization / "level \(place.level)" / "draw \(draw)",
          order: order(of: place), under: mask, words: words(arm, place))
        try add(
          arm, place, walk, mask: mask, against: ticket, draw: draw, unshared: behind + 1)
      }
    case .start(.otherReplicate):
      try add(
        arm, place, rewound(other, arm, place, mask), mask: mask, unshared: behind + 1 + weights)
    case .ranking, .training:
      preconditionFailure("\(ablation.name) is no ablation of tickets")
    }
  }

  /// The walk of a control that starts where the ticket of `replicate` does, in the ticket's data order.
  private mutating func rewound(
    _ replicate: ScoredReplicate, _ arm: LotteryArm, _ place: Place, _ mask: Key
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

  private mutating func addRandomMask(_ place: Place) throws -> Key {
    let scoring = ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval)
    let scores = try builder.add(
      ScoresRecipe(
        problem: suite.problem, weights: own.weights(after: 0),
        criterion: CriterionSpecification(.random),
        scoring: scoring,
        stream: own.streams.scoring(CriterionSpecification(.random)) / "level \(place.level)"),
      label: "random scores · level \(place.level) · replicate \(own.replicate)")
    let ranking = design.ladder.ranking
    return try builder.add(
      MaskRecipe(
        problem: suite.problem, scores: .artifact, density: place.density, scope: ranking.scope,
        selection: .highest, excluded: ranking.excluded,
        ownDensities: design.ladder.ownDensities(ofLevel: place.level, in: suite.problem)),
      inputs: [InputRole.scores: scores], label: own.label("mask random", place.density))
  }

  /// A training on another dataset, from the weights at the rewinding step and from the start of the
  /// schedule.
  private mutating func transfer(
    _ arm: LotteryArm, _ place: Place, mask: Key?, to target: DatasetSpecification, unshared: Int
  ) throws {
    let problem = Problem(network: suite.problem.network, dataset: target)
    var inputs = try own.inputs(after: place.rewind, in: &builder)
    inputs[InputRole.mask] = mask
    let walk = try PlannedWalk(
      WalkRecipe(
        problem: problem, start: own.weights(after: place.rewind), training: suite.training,
        order: own.streams.order, device: suite.device, precision: suite.precision),
      inputs: inputs,
      words: own.label(
        "\(arm.rawValue) on \(target.source.name)", place.density, rewoundTo: place.rewind))
    let weights = arm == .dense && place.rewind > 0 ? 1 : 0
    try add(arm, place, walk, mask: mask, isTransferred: true, unshared: unshared + weights)
  }

  private mutating func add(
    _ arm: LotteryArm, _ place: Place, _ walk: PlannedWalk, mask: Key?,
    isTransferred: Bool = false, against original: TrainingArtifacts? = nil, draw: Int = 1,
    unshared: Int
  ) throws {
    cells.append(
      LotteryCell(
        arm: arm, isTransferred: isTransferred, rewind: place.rewind, level: place.level,
        density: place.density, replicate: own.replicate, draw: draw,
        training: try walk.training(
          every: suite.evaluateEvery, splits: [.test], against: original, in: &builder),
        mask: mask, unsharedTrainings: unshared))
  }
}
