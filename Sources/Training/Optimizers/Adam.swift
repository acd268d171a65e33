import Foundation
import Recipes
import Tensors

extension Update {
  /// Adam.
  static let adam = Update(.adam) { try $0.moveByMoments(decoupled: false) }
  /// AdamW.
  static let adamW = Update(.adamW) { try $0.moveByMoments(decoupled: true) }
}

extension Update.Step {
  /// A step along the first moment over the root of the second, both corrected for their start at 0.
  fileprivate func moveByMoments(decoupled: Bool) throws {
    let (beta1, beta2) = (options.number("beta1"), options.number("beta2"))
    let constants = Tensor.AdamStep(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: options.number("epsilon"),
      weightDecay: options.number("weight-decay"), correction1: 1 - pow(beta1, Double(number)),
      correction2: 1 - pow(beta2, Double(number)), decoupled: decoupled)
    for index in weights.indices {
      try weights[index].stepAdam(
        gradient: gradients[index], firstMoment: moments[index],
        secondMoment: moments[weights.count + index], mask: masks[index], step: constants)
    }
  }
}
