package import Recipes
package import Tensors

/// An optimizer's memory, and its step.
///
/// Updates weights in place: the training that owns them is the only one that sees them. After every
/// step pruned weights and their momenta are exactly zero.
package struct Optimizer {
  /// Which optimizer.
  package let specification: OptimizerSpecification
  /// Steps done; Adam's bias corrections need it.
  package private(set) var steps: Int
  /// Velocities of SGD with momentum; first, then second moments of Adam; empty otherwise.
  package let moments: [Tensor]

  /// A fresh optimizer for weights of these `shapes`.
  package init(_ specification: OptimizerSpecification, shapes: [[Int]]) throws {
    let count = specification.momentsPerWeight * shapes.count
    self.specification = specification
    steps = 0
    moments = try (0..<count).map {
      try Tensor(repeating: 0, shape: shapes[$0 % shapes.count])
    }
  }

  /// An optimizer as a checkpoint left it.
  package init(_ specification: OptimizerSpecification, steps: Int, moments: [Tensor]) {
    self.specification = specification
    self.steps = steps
    self.moments = moments
  }

  /// The same memory on `device`.
  package func moved(to device: Device) throws -> Optimizer {
    Optimizer(specification, steps: steps, moments: try moments.map { try $0.moved(to: device) })
  }

  /// The same memory channels-last, beside weights that are.
  func channelsLast() throws -> Optimizer {
    Optimizer(specification, steps: steps, moments: try moments.map { try $0.channelsLast() })
  }

  /// One step on `weights`.
  ///
  /// - Parameters:
  ///   - weights: float32 tensors, changed in place; moments and masks lie in memory as they do.
  ///   - gradients: of the same shapes.
  ///   - masks: bytes per weight tensor, `nil` for those that are not pruned.
  ///   - factor: the schedule's factor on the learning rate.
  package mutating func step(
    _ weights: [Tensor], gradients: [Tensor], masks: [Tensor?], factor: Double
  ) throws {
    guard let update = Update.all.first(where: { $0.name == specification.name }) else {
      preconditionFailure("no step of \(specification.name)")
    }
    steps += 1
    try update.act(
      Update.Step(
        options: specification.options, number: steps,
        learningRate: specification.learningRate * factor, weights: weights, gradients: gradients,
        masks: masks, moments: moments))
  }
}
