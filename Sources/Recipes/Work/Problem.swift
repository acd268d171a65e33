import Foundation
import Synchronization

/// Which network reads which data: fixed for a whole suite.
package struct Problem: Sendable {
  /// Architecture.
  package let network: NetworkSpecification
  /// Data and its normalization.
  package let dataset: DatasetSpecification
  private let derived = Derived()

  /// What follows from both and every artifact of a suite asks for: found once, shared by all copies.
  private final class Derived: Sendable {
    let sizes = Mutex<ProblemSizes?>(nil)
    let canonical = Mutex<Data?>(nil)
  }

  /// A problem.
  package init(network: NetworkSpecification, dataset: DatasetSpecification) {
    self.network = network
    self.dataset = dataset
  }

  /// The network's tensors on this data.
  package var tensors: [TensorSpecification] {
    network.tensors(input: dataset.source.shape, classes: dataset.source.classes)
  }

  /// Whether the network has batch norm.
  package var normalizes: Bool { tensors.contains { !$0.isParameter } }

  /// Number of prunable weights that are not excluded.
  package func prunableCount(excluding excluded: [String]) -> Int {
    tensors.filter { $0.isPrunable && !excluded.contains($0.name) }.reduce(0) { $0 + $1.count }
  }

  /// What work on the problem is measured by.
  package var sizes: ProblemSizes {
    derived.sizes.withLock { known in
      let sizes = known ?? ProblemSizes(of: self)
      known = sizes
      return sizes
    }
  }

  /// The bytes that `encode` gives for the problem.
  func canonical(_ encode: () throws -> Data) rethrows -> Data {
    try derived.canonical.withLock { known in
      let data = try known ?? encode()
      known = data
      return data
    }
  }
}

extension Problem: Codable {
  private enum CodingKeys: CodingKey { case network, dataset }
}

extension Problem: Hashable {
  package static func == (left: Problem, right: Problem) -> Bool {
    left.derived === right.derived
      || left.network == right.network && left.dataset == right.dataset
  }

  // A plan has few problems and asks for each very often.
  package func hash(into hasher: inout Hasher) { hasher.combine(dataset.source.trainCount) }
}

/// Sizes of a network on its data; floating-point numbers, in which no product overflows.
package struct ProblemSizes: Hashable, Sendable {
  /// Numbers of all tensors, and of the prunable ones.
  package let weights, prunable: Double
  /// Numbers of each prunable tensor.
  package let prunableCounts: [Int]
  /// Numbers of one example, those that all layers write for it, input included, and the most that one writes.
  package let input, activations, largestActivation: Double
  /// The most units of one tensor, and the most numbers.
  package let widestTensor, largestTensor: Double
  /// Whether the network computes by programs, which keep less than graphs.
  package let hasProgram: Bool
  /// Floating-point operations of one optimizer step per example.
  package let operations: Double
  /// Numbers of all examples.
  package let examples: Double

  fileprivate init(of problem: Problem) {
    let source = problem.dataset.source
    let architecture = problem.network.fitting(input: source.shape, classes: source.classes)
    let tensors = architecture.tensors
    weights = tensors.reduce(0) { $0 + Double($1.count) }
    prunableCounts = tensors.filter(\.isPrunable).map(\.count)
    prunable = prunableCounts.reduce(0) { $0 + Double($1) }
    let shape = source.shape
    input = Double(shape.channels) * Double(shape.height) * Double(shape.width)
    activations = input + Double(architecture.activations)
    largestActivation = max(input, Double(architecture.largestActivation))
    widestTensor = tensors.map { Double($0.shape[0]) }.max() ?? 0
    largestTensor = tensors.map { Double($0.count) }.max() ?? 0
    hasProgram = architecture.hasProgram
    operations = architecture.trainingOperations
    examples = (Double(source.trainCount) + Double(source.testCount)) * input
  }
}
