import Recipes

extension RunRecord {
  /// What `records` have of `cell`; `nil` where its training is missing.
  init?(_ cell: AblationCell, _ records: Records, split: Split) throws {
    guard let training: TrainingResult = try records.result(of: cell.training) else { return nil }
    let evaluation = split == .validation ? training.validation : training.test
    self.init(
      method: cell.method, ablation: cell.combination.name, density: cell.density,
      replicate: cell.replicate, accuracy: evaluation?.accuracy)
    details.divergedAt = training.outcome.divergence?.iteration
    details.loss = evaluation?.loss
    details.validationAccuracy = training.validation?.accuracy
    details.earlyStopping = training.earlyStopping?.iteration
    details.steps = training.steps
    details.totalSteps = cell.totalTrainingSteps
    details.prunedAtZero = training.prunedWeightsAtZero
    details.pruned = training.prunedWeights
    details.reinitialized = training.reinitialization?.differing
    details.reinitializedOf = training.reinitialization?.kept
    details.seconds = records.seconds(of: cell.training)
    details.artifact = cell.training.description
    if let key = cell.mask, let mask: MaskResult = try records.result(of: key) {
      details.layers = mask.audit.layers
      details.connected = mask.audit.connected
      details.changed = mask.shuffle?.changed
      details.expectedChanged = mask.shuffle?.expected
      details.countsKept = mask.shuffle?.countsKept
      // A shuffle ranks nothing itself: what its method's ranking met is told with the method.
      details.zeroScores = mask.ranking?.zeroScores
      details.ties = mask.ranking?.ties
    }
  }
}
