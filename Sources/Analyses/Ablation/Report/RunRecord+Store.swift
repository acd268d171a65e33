import Recipes
import Suites

extension RunRecord {
  /// What `records` have of `cell`, its learning curve where that is asked for; `nil` where its training is missing.
  ///
  /// - Parameter classifies: whether its examples have classes, so that some are right.
  init?(
    _ cell: AblationCell, _ records: Records, _ split: Split, withCurve: Bool,
    classifies: Bool = true
  )
    throws
  {
    let mask: MaskResult? = try cell.mask.flatMap { try records.result(of: $0) }
    guard let training = try records.training(cell.training, under: mask) else { return nil }
    let evaluation = split == .validation ? training.validation : training.test
    self.init(
      method: cell.method, ablation: cell.combination.name, density: cell.density,
      replicate: cell.replicate, accuracy: classifies ? evaluation?.accuracy : nil)
    details.divergedAt = training.outcome.divergence?.iteration
    details.loss = evaluation?.loss
    if split == .test { details.predictedClasses = training.outcome.found?.predicted?.classes }
    details.validationAccuracy = classifies ? training.validation?.accuracy : nil
    details.earlyStopping = training.earlyStopping?.iteration
    if withCurve { details.curve = LearningCurve(training.trace) }
    details.steps = training.steps
    details.totalSteps = cell.totalTrainingSteps
    details.prunedAtZero = training.prunedWeightsAtZero
    details.pruned = training.prunedWeights
    details.reinitialized = training.reinitialization?.differing
    details.reinitializedOf = training.reinitialization?.kept
    details.seconds = records.seconds(of: cell.training)
    details.artifact = cell.training.state.description
    if let mask {
      details.layers = mask.audit.layers
      details.connected = mask.audit.connected
      details.effective = mask.audit.effective?.reduce(0, +)
      details.outputs = mask.audit.outputs
      details.changed = mask.change?.changed
      details.expectedChanged = mask.change?.expected
      details.countsKept = mask.change?.countsKept
      // A shuffle ranks nothing itself: what its method's ranking met is told with the method.
      details.zeroScores = mask.ranking?.zeroScores
      details.ties = mask.ranking?.ties
    }
  }
}
