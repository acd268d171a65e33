import Recipes
import Suites

/// One training of a lottery suite as the report reads it: a row of records.csv.
struct LotteryRun: TableRow {
  /// What is trained.
  var arm = LotteryArm.dense
  /// Whether it is trained on the dataset that tickets are transferred to.
  var isTransferred = false
  /// Steps of the dense network whose weights training goes on from.
  var rewind = 0
  /// Level of the ladder; 0 is the dense network.
  var level = 0
  /// Fraction kept of the weights that the ladder ranks together.
  var density = Density.one
  /// Number of the replicate, from 1.
  var replicate = 1
  /// Number of the reinitialization, from 1.
  var draw = 1
  /// Accuracy in percent after the last step; `nil` for a run that diverged.
  var accuracy: Double?
  /// Optimizer steps since initialization, those before the rewinding step included, at the lowest
  /// validation loss; `nil` where nothing is held out.
  var earlyStep: Int?
  /// Accuracy in percent there.
  var earlyAccuracy: Double?
  /// Step at which the loss was not finite.
  var divergedAt: Int?
  /// Mean cross-entropy on the test split.
  var loss: Double?
  /// Accuracy in percent on the validation split.
  var validationAccuracy: Double?
  /// Optimizer steps of this training.
  var steps = 0
  /// Kept weights whose sign changed, kept weights, and how far they moved.
  var signChanges, kept: Int?
  var distance: Double?
  /// Whether kept weights connect the input to an output.
  var connected: Bool?
  /// Classes that are given to any example; one that gives 1 has collapsed.
  var predictedClasses: Int?
  /// Scores that are exactly zero, and scores equal to the threshold's.
  var zeroScores, ties: Int?
  /// Entries of the mask that an ablation changed, how many it was expected to, and whether layers keep their
  /// counts.
  var changed: Int?
  var expectedChanged: Double?
  var countsKept: Bool?
  /// Kept weights that reinitialization changed, and kept weights.
  var reinitialized, reinitializedOf: Int?
  /// Pruned weights that are exactly zero after training, and pruned weights.
  var prunedAtZero = 0
  var pruned = 0
  /// Seconds of work of this run alone.
  var seconds: Double?
  /// In suites that run until they are decided, the look that first saw it, from 1.
  var look: Int?
  /// Key of the training's artifact.
  var artifact = ""
  /// What its evaluations on the validation split say, where the suite asks for it.
  var curve = LearningCurve()
  /// Counts per prunable layer; none of the dense network.
  var layers: [LayerCount] = []

  init() {}

  static var columns: [Column<LotteryRun>] {
    [
      Column("arm", \.arm, .choice), Column("transferred", \.isTransferred, .flag),
      Column("rewind", \.rewind, .count), Column("level", \.level, .count),
      Column("density", \.density, .density), Column("replicate", \.replicate, .number),
      Column("draw", \.draw, .number), Column("accuracy", \.accuracy, .finite),
      Column("early_stopping_step", \.earlyStep, .count),
      Column("early_stopping_accuracy", \.earlyAccuracy, .finite),
      .outcome(\.divergedAt, \.accuracy), Column("loss", \.loss, .finite),
      Column("validation_accuracy", \.validationAccuracy, .finite),
      Column("steps", \.steps, .count), Column("sign_changes", \.signChanges, .count),
      Column("kept", \.kept, .count), Column("distance", \.distance, .finite),
      Column("connected", \.connected, .flag), Column("zero_scores", \.zeroScores, .count),
      Column("ties", \.ties, .count), Column("changed", \.changed, .count),
      Column("expected_changed", \.expectedChanged, .finite),
      Column("reinitialized", \.reinitialized, .count),
      Column("pruned_at_zero", \.prunedAtZero, .count), Column("pruned", \.pruned, .count),
      Column("seconds", \.seconds, .finite), Column("artifact", \.artifact, .text),
      Column("counts_kept", \.countsKept, .flag, isNeeded: false),
      Column("reinitialized_of", \.reinitializedOf, .count, isNeeded: false),
      Column("predicted_classes", \.predictedClasses, .count, isNeeded: false),
      Column("look", \.look, .count, isNeeded: false, isWrittenEmpty: false),
    ]
  }

  static var layers: LayerColumns<LotteryRun>? { LayerColumns("kept", "size", \.layers) }

  static var curve: WritableKeyPath<LotteryRun, LearningCurve>? { \.curve }

  static var identity: [String] {
    ["arm", "transferred", "rewind", "level", "replicate", "draw"]
  }
}

extension LotteryRun {
  /// What `records` have of `cell`, its learning curve where that is asked for; accuracies are those of `split`. `nil` where
  /// its training is missing.
  init?(_ cell: LotteryCell, _ records: Records, _ split: Split, withCurve: Bool) throws {
    let mask: MaskResult? = try cell.mask.flatMap { try records.result(of: $0) }
    guard let training = try records.training(cell.training, under: mask) else { return nil }
    (arm, isTransferred, rewind, level) = (cell.arm, cell.isTransferred, cell.rewind, cell.level)
    (density, replicate, draw) = (cell.density, cell.replicate, cell.draw)
    accuracy = (split == .validation ? training.validation : training.test)?.accuracy
    earlyStep = training.earlyStopping?.iteration
    earlyAccuracy =
      (split == .validation ? training.earlyStopping?.validation : training.earlyStoppingTest)?
      .accuracy
    divergedAt = training.outcome.divergence?.iteration
    if split == .test { predictedClasses = training.outcome.found?.predicted?.classes }
    loss = training.test?.loss
    validationAccuracy = training.validation?.accuracy
    if withCurve { curve = LearningCurve(training.trace) }
    steps = training.steps
    signChanges = training.change?.signChanges
    kept = training.change?.kept
    distance = training.change?.distance
    reinitialized = training.reinitialization?.differing
    reinitializedOf = training.reinitialization?.kept
    prunedAtZero = training.prunedWeightsAtZero
    pruned = training.prunedWeights
    seconds = records.seconds(of: cell.training)
    artifact = cell.training.state.description
    if let mask {
      connected = mask.audit.connected
      zeroScores = mask.ranking?.zeroScores
      ties = mask.ranking?.ties
      changed = mask.change?.changed
      expectedChanged = mask.change?.expected
      countsKept = mask.change?.countsKept
      layers = mask.audit.layers
    }
  }
}
