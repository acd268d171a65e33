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
    guard case .weight(let fanIn, let fanOut) = tensor.role else { return nil }
    let (inputs, outputs) = (Double(fanIn), Double(fanOut))
    return switch weights {
    case .kaimingNormal: .normal(standardDeviation: (2 / inputs).squareRoot())
    case .kaimingUniform: .uniform(bound: (6 / inputs).squareRoot())
    case .glorotNormal: .normal(standardDeviation: (2 / (inputs + outputs)).squareRoot())
    case .glorotUniform: .uniform(bound: (6 / (inputs + outputs)).squareRoot())
    case .kaimingNormalFanOut: .normal(standardDeviation: (2 / outputs).squareRoot())
    case .imagenetVGG:
      .normal(standardDeviation: tensor.shape.count > 2 ? (2 / outputs).squareRoot() : 0.01)
    case .orthogonal, .signedConstant: nil
    }
  }
}

extension NetworkSpecification {
  /// Whether every prunable layer feeds the next one alone, so that a hidden unit's incoming and outgoing
  /// weights lie in two consecutive tensors; residual connections and groups of channels break the chain.
  package var isChain: Bool {
    program == nil
      && plan(input: ExampleShape(channels: 3, height: 32, width: 32)).allSatisfy {
        $0.kind.units != .joined && ($0.kind.units != .mixed || $0.groups == 1)
      }
  }
}

extension TrainingSpecification {
  /// No training: the networks of a suite that asks about initialization only.
  package static let none = TrainingSpecification(
    optimizer: .init(.sgd, ["learning-rate": 0.1]),
    schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 1,
    duration: .zero)

  /// A program's training: optimizer and schedule are its own.
  package static func ofProgram(batchSize: Int, duration: Step) -> TrainingSpecification {
    TrainingSpecification(
      optimizer: .init(.ofProgram), schedule: LearningRateSchedule(warmup: .zero, shape: .constant),
      batchSize: batchSize, duration: duration)
  }
}
