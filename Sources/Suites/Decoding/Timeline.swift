package import Recipes

/// The length of a suite's training, against which steps are checked; `nil` where its own field is
/// wrong, so that no mistake is told twice.
package struct Timeline {
  /// Optimizer steps per epoch.
  package let stepsPerEpoch: Int?
  /// Length of a training from initialization.
  package let duration: Step?

  /// Optimizer steps before `step`; `nil` where that cannot be known.
  package func iterations(before step: Step) -> Int? {
    stepsPerEpoch.map(step.iterations(perEpoch:))
  }

  /// `step` if it comes before the end of training; otherwise the mistake is noted at `field`.
  package func beforeEnd(_ step: Step?, at field: Field) -> Step? {
    guard let step, let duration, let stepsPerEpoch,
      step.iterations(perEpoch: stepsPerEpoch) >= duration.iterations(perEpoch: stepsPerEpoch)
    else { return step }
    field.report(.beyondDuration(step: step.description, duration: duration.description))
    return nil
  }

  /// Steps in the order in which they come.
  package func sorted(_ steps: [Step]) -> [Step] {
    steps.sorted { (iterations(before: $0) ?? 0) < (iterations(before: $1) ?? 0) }
  }
}
