import Recipes
import Tensors

extension Update {
  /// Stochastic gradient descent; the moment is the velocity.
  static let sgd = Update(.sgd) { step in
    for index in step.weights.indices {
      try step.weights[index].stepSGD(
        gradient: step.gradients[index],
        velocity: step.moments.isEmpty ? nil : step.moments[index], mask: step.masks[index],
        learningRate: Float(step.learningRate), momentum: Float(step.options.number("momentum")),
        nesterov: step.options.flag("nesterov"),
        weightDecay: Float(step.options.number("weight-decay")))
    }
  }
}
