/// The distribution of one layer's weights at initialization, where it has a closed form.
package enum WeightDistribution: Hashable, Codable, Sendable {
  /// N(0, σ²).
  case normal(standardDeviation: Double)
  /// U(−b, b).
  case uniform(bound: Double)
}

extension InitializerSpecification {
  /// The distribution of the weights of `tensor`; `nil` for biases, and where weights are not
  /// independent or their magnitudes all equal.
  package func distribution(of tensor: TensorSpecification) -> WeightDistribution? {
    switch tensor.role {
    case .bias, .scale, .shift, .runningMean, .runningVariance: return nil
    case .weight(let fanIn, let fanOut):
      let (fanIn, fanOut) = (Double(fanIn), Double(fanOut))
      switch weights {
      case .kaimingNormal: return .normal(standardDeviation: (2 / fanIn).squareRoot())
      case .kaimingUniform: return .uniform(bound: (6 / fanIn).squareRoot())
      case .glorotNormal: return .normal(standardDeviation: (2 / (fanIn + fanOut)).squareRoot())
      case .glorotUniform: return .uniform(bound: (6 / (fanIn + fanOut)).squareRoot())
      case .kaimingNormalFanOut: return .normal(standardDeviation: (2 / fanOut).squareRoot())
      case .imagenetVGG:
        return .normal(
          standardDeviation: tensor.shape.count > 2 ? (2 / fanOut).squareRoot() : 0.01)
      case .orthogonal, .signedConstant: return nil
      }
    }
  }
}

extension NetworkSpecification {
  /// Whether every prunable layer feeds the next one alone, so that a hidden unit's incoming and outgoing
  /// weights lie in two consecutive tensors; residual connections break the chain.
  package var isChain: Bool {
    plan(input: ExampleShape(channels: 3, height: 32, width: 32)).allSatisfy {
      if case .residual = $0 { false } else { true }
    }
  }
}

extension TrainingSpecification {
  /// No training: the networks of a suite that asks about initialization only.
  package static let none = TrainingSpecification(
    optimizer: .init(.sgd, ["learning-rate": 0.1]),
    schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 1,
    duration: .zero)
}
