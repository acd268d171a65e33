package import Recipes

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
  ///
  /// A program's learning rate is its own: there the walk says that its schedule is over.
  package func fineTuning(for duration: Step) -> TrainingSpecification {
    guard !(optimizer == .ofProgram) else {
      return .ofProgram(batchSize: batchSize, duration: duration)
    }
    return TrainingSpecification(
      optimizer: optimizer.changing(
        "learning-rate", to: .number(optimizer.learningRate * schedule.finalFactor)),
      schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: batchSize,
      duration: duration)
  }
}
