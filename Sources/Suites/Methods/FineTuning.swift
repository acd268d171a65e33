import Recipes

extension LearningRateSchedule {
  /// The factor on the learning rate that the schedule ends at.
  var finalFactor: Double {
    switch shape {
    case .constant: 1
    // Milestones lie before the end, so every one has acted.
    case .steps(let milestones, let factor):
      milestones.reduce(1) { product, _ in product * factor }
    case .cosine(let final), .linearDecay(_, _, let final): final
    }
  }
}

extension TrainingSpecification {
  /// Fine-tuning for `duration`: the same training at the constant learning rate that it ends at.
  func fineTuning(for duration: Step) -> TrainingSpecification {
    TrainingSpecification(
      optimizer: optimizer.scaled(by: schedule.finalFactor),
      schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: batchSize,
      duration: duration)
  }
}

extension OptimizerSpecification {
  fileprivate func scaled(by factor: Double) -> OptimizerSpecification {
    switch self {
    case .sgd(let rate, let momentum, let nesterov, let decay):
      .sgd(
        learningRate: rate * factor, momentum: momentum, nesterov: nesterov, weightDecay: decay)
    case .adam(let rate, let beta1, let beta2, let epsilon, let decay):
      .adam(
        learningRate: rate * factor, beta1: beta1, beta2: beta2, epsilon: epsilon,
        weightDecay: decay)
    case .adamW(let rate, let beta1, let beta2, let epsilon, let decay):
      .adamW(
        learningRate: rate * factor, beta1: beta1, beta2: beta2, epsilon: epsilon,
        weightDecay: decay)
    }
  }
}
