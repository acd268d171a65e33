package import Laboratory
import Randomness
package import Recipes

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
  package let training: Key
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
  /// The replicate whose weights the other-seed control takes.
  private let other: ScoredReplicate
  private let dense: Key
  private(set) var builder: PlanBuilder
  private(set) var cells: [LotteryCell] = []

  private var suite: Suite { own.suite }

  init(_ suite: Suite, _ design: LotteryDesign, _ number: Int, _ builder: PlanBuilder) throws {
    self.design = design
    own = ScoredReplicate(suite, number)
    other = ScoredReplicate(suite, number % suite.replicates + 1)
    self.builder = builder
    dense = try own.addDense(keeping: design.keeps(suite), to: &self.builder)
    add(.dense, .dense, training: dense, mask: nil, unshared: 1)
  }

  /// Adds the ladder of one rewinding step and what it stands against.
  mutating func run(_ rewind: Int) throws {
    let levels = try own.climb(design.ladder, rewindingTo: rewind, dense: dense, to: &builder)
    if let target = design.transfer {
      try transfer(.dense, Place(rewind, levels[0]), mask: nil, to: target, unshared: 1)
    }
    for level in levels.dropFirst() {
      let place = Place(rewind, level)
      guard let mask = level.mask, let training = level.training else { continue }
      // Every mask takes the dense network and the levels before it.
      let behind = design.ladder.schedule == .iterative ? level.number : 1
      add(.ticket, place, training: training, mask: mask, unshared: behind + 1)
      if let target = design.transfer {
        try transfer(.ticket, place, mask: mask, to: target, unshared: behind + 1)
      }
      guard design.controls.densities?.contains(level.density) ?? true else { continue }
      for arm in design.controls.arms { try addControl(arm, place, mask: mask, behind: behind) }
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
    _ arm: LotteryArm, _ place: Place, mask: Key, behind: Int
  ) throws {
    // Weights at step k take the dense network's training.
    let weights = place.rewind > 0 ? 1 : 0
    switch arm {
    case .dense, .ticket: return
    case .random:
      let random = try addRandomMask(place)
      try add(
        arm, place, recipe: rewound(place), mask: random, dense: dense, unshared: weights + 1)
      if let target = design.transfer {
        try transfer(.random, place, mask: random, to: target, unshared: weights + 1)
      }
    case .shuffle:
      let shuffled = try builder.add(
        ShuffleRecipe(
          problem: suite.problem,
          stream: own.streams.shuffle(
            method: "lottery", inversion: .none, density: place.density)),
        inputs: [InputRole.mask: mask], label: own.label("shuffle ticket", place.density))
      try add(
        arm, place, recipe: rewound(place), mask: shuffled, dense: dense, unshared: behind + 1)
    case .reinitialize:
      for draw in 1..<(design.controls.reinitializations + 1) {
        let fresh = InitializationRecipe(
          initializer: suite.initializer,
          stream: own.streams.reinitialization / "level \(place.level)" / "draw \(draw)")
        let recipe = TrainingRecipe(
          problem: suite.problem, weights: .initialization(fresh), training: suite.training,
          order: order(of: place), keeps: [], start: 0, scheduleStart: 0,
          reinitializes: own.weights(after: place.rewind), device: suite.device,
          precision: suite.precision,
          measures: Set(TrainingMeasure.allCases))
        try add(
          arm, place, recipe: recipe, mask: mask, dense: dense, draw: draw, unshared: behind + 1)
      }
    case .otherSeed:
      let dense = try other.addDense(keeping: design.keeps(suite), to: &builder)
      let recipe = other.rewound(to: place.rewind, order: order(of: place))
      try add(
        arm, place, recipe: recipe, mask: mask, dense: dense, unshared: behind + 1 + weights)
    }
  }

  /// The training of a control that starts where the ticket does.
  private func rewound(_ place: Place) -> TrainingRecipe {
    own.rewound(to: place.rewind, order: order(of: place))
  }

  private func order(of place: Place) -> StreamPath {
    design.ladder.dataOrder == .fresh
      ? own.streams.order(ofLevel: place.level) : own.streams.order
  }

  private mutating func addRandomMask(_ place: Place) throws -> Key {
    let scoring = ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval)
    let scores = try builder.add(
      ScoresRecipe(
        problem: suite.problem, weights: own.weights(after: 0), criterion: .random,
        scoring: scoring,
        stream: own.streams.scoring(.random, method: "lottery") / "level \(place.level)"),
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
    let recipe = TrainingRecipe(
      problem: problem, weights: own.weights(after: place.rewind), training: suite.training,
      order: own.streams.order, keeps: [], start: 0, scheduleStart: 0, reinitializes: nil,
      device: suite.device, precision: suite.precision, measures: Set(TrainingMeasure.allCases))
    var inputs = own.inputs(after: place.rewind, of: dense)
    inputs[InputRole.mask] = mask
    let key = try builder.add(
      recipe, inputs: inputs,
      label: own.label(
        "training \(arm.rawValue) on \(target.source.name)", place.density, rewoundTo: place.rewind)
    )
    let weights = arm == .dense && place.rewind > 0 ? 1 : 0
    add(
      arm, place, training: key, mask: mask, isTransferred: true, unshared: unshared + weights)
  }

  private mutating func add(
    _ arm: LotteryArm, _ place: Place, recipe: TrainingRecipe, mask: Key, dense: Key,
    draw: Int = 1, unshared: Int
  ) throws {
    let key = try builder.add(
      recipe,
      inputs: own.inputs(after: place.rewind, of: dense).merging([InputRole.mask: mask]) { $1 },
      label: own.label("training \(arm.rawValue)", place.density, rewoundTo: place.rewind))
    add(arm, place, training: key, mask: mask, draw: draw, unshared: unshared)
  }

  private mutating func add(
    _ arm: LotteryArm, _ place: Place, training: Key, mask: Key?, isTransferred: Bool = false,
    draw: Int = 1, unshared: Int
  ) {
    cells.append(
      LotteryCell(
        arm: arm, isTransferred: isTransferred, rewind: place.rewind, level: place.level,
        density: place.density, replicate: own.replicate, draw: draw, training: training,
        mask: mask, unsharedTrainings: unshared))
  }
}

extension LotteryDesign {
  /// Steps after which the dense network's weights are kept.
  fileprivate func keeps(_ suite: Suite) -> Set<Int> {
    Set(rewinds.map { $0.iterations(perEpoch: suite.stepsPerEpoch) })
  }
}
