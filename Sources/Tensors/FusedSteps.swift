import CKernels
import CTorch

extension Tensor {
  /// One SGD step on this float32 weight in place; pruned entries (mask byte 0) of the weight and its
  /// velocity become exactly zero.
  package func stepSGD(
    gradient: Tensor, velocity: Tensor?, mask: Tensor?, learningRate: Float, momentum: Float,
    nesterov: Bool, weightDecay: Float
  ) throws(TensorError) {
    try requireStep(gradient, velocity, nil, mask)
    guard velocity != nil || momentum == 0 else { throw .operation("momentum needs a velocity") }
    guard let memory else {
      return try check {
        ct_sgd_step(
          handle.pointer, gradient.handle.pointer, velocity?.handle.pointer, mask?.handle.pointer,
          learningRate, momentum, weightDecay, nesterov, $0)
      }
    }
    let slope = try gradient.lying(as: memory)
    let velocity = try velocity?.start(beside: memory, "the velocity", as: Float.self)
    let kept = try mask?.start(beside: memory, "the mask", as: UInt8.self)
    withExtendedLifetime((self, slope)) {
      ck_sgd_step(
        memory.start(), slope.memory!.start(), velocity, kept, count,
        ck_sgd(
          learning_rate: learningRate, momentum: momentum, weight_decay: weightDecay,
          nesterov: nesterov))
    }
  }

  /// Constants of one Adam step.
  package struct AdamStep: Sendable {
    /// Learning rate after the schedule's factor.
    package var learningRate: Float
    /// Decay of the first moment.
    package var beta1: Float
    /// Decay of the second moment.
    package var beta2: Float
    /// Added to the root of the second moment.
    package var epsilon: Float
    /// Weight decay.
    package var weightDecay: Float
    /// `1 − beta1^t`.
    package var correction1: Float
    /// `1 − beta2^t`.
    package var correction2: Float
    /// AdamW's weight decay, apart from the gradient.
    package var decoupled: Bool

    /// Constants of the step with number `count` = 1, 2, …
    package init(
      learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double,
      correction1: Double, correction2: Double, decoupled: Bool
    ) {
      self.learningRate = Float(learningRate)
      self.beta1 = Float(beta1)
      self.beta2 = Float(beta2)
      self.epsilon = Float(epsilon)
      self.weightDecay = Float(weightDecay)
      self.correction1 = Float(correction1)
      self.correction2 = Float(correction2)
      self.decoupled = decoupled
    }
  }

  /// One Adam or AdamW step on this float32 weight in place; pruned entries of the weight and both
  /// moments become exactly zero.
  package func stepAdam(
    gradient: Tensor, firstMoment: Tensor, secondMoment: Tensor, mask: Tensor?, step: AdamStep
  ) throws(TensorError) {
    try requireStep(gradient, firstMoment, secondMoment, mask)
    guard let memory else {
      return try check {
        ct_adam_step(
          handle.pointer, gradient.handle.pointer, firstMoment.handle.pointer,
          secondMoment.handle.pointer, mask?.handle.pointer,
          ct_adam(
            learning_rate: step.learningRate, beta1: step.beta1, beta2: step.beta2,
            epsilon: step.epsilon, weight_decay: step.weightDecay, correction1: step.correction1,
            correction2: step.correction2, decoupled: step.decoupled), $0)
      }
    }
    let slope = try gradient.lying(as: memory)
    let first = try firstMoment.start(beside: memory, "the first moment", as: Float.self)
    let second = try secondMoment.start(beside: memory, "the second moment", as: Float.self)
    let kept = try mask?.start(beside: memory, "the mask", as: UInt8.self)
    withExtendedLifetime((self, slope)) {
      ck_adam_step(
        memory.start(), slope.memory!.start(), first, second, kept, count,
        ck_adam(
          learning_rate: step.learningRate, beta1: step.beta1, beta2: step.beta2,
          epsilon: step.epsilon, weight_decay: step.weightDecay, correction1: step.correction1,
          correction2: step.correction2, decoupled: step.decoupled))
    }
  }

  private func requireStep(
    _ gradient: Tensor, _ firstMoment: Tensor?, _ secondMoment: Tensor?, _ mask: Tensor?
  ) throws(TensorError) {
    try check {
      ct_require_step(
        handle.pointer, gradient.handle.pointer, firstMoment?.handle.pointer,
        secondMoment?.handle.pointer, mask?.handle.pointer, $0)
    }
  }

  /// The elements of a moment or a mask, in the order of its weight's.
  private func start<Element>(
    beside weight: Memory, _ role: String, as type: Element.Type
  ) throws(TensorError) -> UnsafeMutablePointer<Element>? {
    guard let memory, memory.isChannelsLast == weight.isChannelsLast else {
      throw .operation("\(role) does not lie in memory as its weight does")
    }
    return memory.start()
  }
}
