/// What estimates of time and memory need to know of a problem.
package struct ProblemSize: Sendable {
  /// Floating-point operations of one example's part in a training step.
  package let operations: Double
  /// Numbers of all tensors.
  package let weights: Double
  /// Weights of each prunable tensor.
  package let prunable: [Int]
  /// Numbers of an example and of all layers' outputs for it.
  package let activations: Double
  /// Numbers of the largest of these.
  package let largestActivation: Double

  private static let last = LastAnswer<Problem, ProblemSize>()

  /// The sizes of `problem`.
  package static func of(_ problem: Problem) -> ProblemSize {
    last(problem) { ProblemSize(computing: problem) }
  }

  private init(computing problem: Problem) {
    let (input, classes) = (problem.dataset.source.shape, problem.dataset.source.classes)
    let architecture = problem.network.fitting(input: input, classes: classes)
    operations = problem.network.trainingOperations(input: input, classes: classes)
    weights = architecture.tensors.reduce(0) { $0 + Double($1.count) }
    prunable = architecture.tensors.filter(\.isPrunable).map(\.count)
    activations = input.numbers + Double(architecture.activations)
    largestActivation = max(input.numbers, Double(architecture.largestActivation))
  }
}

extension ExampleShape {
  /// Numbers of one example; in floating point, where no product overflows.
  package var numbers: Double { Double(channels) * Double(height) * Double(width) }
}
