package import Recipes
package import Statistics

/// A question and the networks that it is asked of; how they answer it is the analysis' part.
package struct Suite: Hashable, Sendable {
  /// The question as the report asks it.
  package let question: String
  /// Root of every random stream.
  package let seed: UInt64
  /// Independent draws of initialization and data order; the most that any arm gets.
  package let replicates: Int
  /// After how many of them is looked, in suites that run until they are decided; `nil` for one look at all.
  package var looks: Looks?
  /// Network and data.
  package let problem: Problem
  /// How networks start.
  package let initializer: InitializerSpecification
  /// How networks are trained.
  package let training: TrainingSpecification
  /// Time between evaluations on the validation split, which find the early-stopping step.
  package let evaluateEvery: Step
  /// What trainings compute in.
  package let precision: Precision
  /// Where trainings compute; scores, and everything between networks, are computed on the CPU.
  package let device: DeviceKind
  /// Whether the store keeps the weights of every trained network.
  package var keepsWeights = false

  /// Replicates where a suite states none: with fewer, one look shows next to nothing of what a family of fifteen
  /// comparisons would have shown.
  package static let usualReplicates = 8

  /// The look that first sees a replicate, from 1; `nil` in suites of one look.
  package func look(of replicate: Int) -> Int? {
    looks.flatMap { $0.areSeveral ? $0.look(of: replicate) : nil }
  }

  /// The same suite asked of another network and other data.
  package func asked(of problem: Problem) -> Suite {
    Suite(
      question: question, seed: seed, replicates: replicates, looks: looks, problem: problem,
      initializer: initializer, training: training, evaluateEvery: evaluateEvery,
      precision: precision, device: device, keepsWeights: keepsWeights)
  }

  /// Optimizer steps per epoch.
  package var stepsPerEpoch: Int {
    problem.dataset.stepsPerEpoch(batchSize: training.batchSize)
  }

  /// Optimizer steps of a training from initialization.
  package var duration: Int { training.duration.iterations(perEpoch: stepsPerEpoch) }

  /// Optimizer steps before `point`.
  package func iterations(before point: TrainingPoint) -> Int {
    switch point {
    case .step(let step): step.iterations(perEpoch: stepsPerEpoch)
    case .last: duration
    }
  }
}
