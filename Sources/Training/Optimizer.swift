import Foundation
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
    steps += 1
    let count = weights.count
    switch specification {
    case .sgd(let rate, let momentum, let nesterov, let decay):
      for index in 0..<count {
        try weights[index].stepSGD(
          gradient: gradients[index], velocity: moments.isEmpty ? nil : moments[index],
          mask: masks[index], learningRate: Float(rate * factor), momentum: Float(momentum),
          nesterov: nesterov, weightDecay: Float(decay))
      }
    case .adam(let rate, let beta1, let beta2, let epsilon, let decay),
      .adamW(let rate, let beta1, let beta2, let epsilon, let decay):
      var decoupled = false
      if case .adamW = specification { decoupled = true }
      let step = Tensor.AdamStep(
        learningRate: rate * factor, beta1: beta1, beta2: beta2, epsilon: epsilon,
        weightDecay: decay, correction1: 1 - pow(beta1, Double(steps)),
        correction2: 1 - pow(beta2, Double(steps)), decoupled: decoupled)
      for index in 0..<count {
        try weights[index].stepAdam(
          gradient: gradients[index], firstMoment: moments[index],
          secondMoment: moments[count + index], mask: masks[index], step: step)
      }
    }
  }
}
