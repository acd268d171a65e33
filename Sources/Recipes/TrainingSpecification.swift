/// How weights are drawn.
package struct InitializerSpecification: Hashable, Sendable, Codable {
  /// Distribution of a weight with `fanIn` inputs and `fanOut` outputs.
  package enum Weights: String, Hashable, Sendable, Codable, CaseIterable {
    /// N(0, 2 / fanIn) (He et al., ICCV 2015, eq. 10).
    case kaimingNormal = "kaiming-normal"
    /// U(−b, b), b² = 6 / fanIn (He et al., ICCV 2015).
    case kaimingUniform = "kaiming-uniform"
    /// N(0, 2 / (fanIn + fanOut)) (Glorot & Bengio, AISTATS 2010, eq. 12).
    case glorotNormal = "glorot-normal"
    /// U(−b, b), b² = 6 / (fanIn + fanOut) (Glorot & Bengio, AISTATS 2010, eq. 16).
    case glorotUniform = "glorot-uniform"
    /// A random orthogonal matrix times √2 (Saxe et al., ICLR 2014).
    case orthogonal
    /// ±√(2 / fanIn), signs random (Zhou et al., NeurIPS 2019; Ramanujan et al., CVPR 2020).
    case signedConstant = "signed-constant"
    /// N(0, 2 / fanOut) (He et al., ICCV 2015, eq. 14).
    case kaimingNormalFanOut = "kaiming-normal-fan-out"
    /// Convolutions N(0, 2 / fanOut), linear layers N(0, 0.01²): torchvision's VGG networks, and the
    /// SynFlow authors' of ImageNet.
    case imagenetVGG = "imagenet-vgg"
  }

  /// Distribution of a bias.
  package enum Biases: String, Hashable, Sendable, Codable, CaseIterable {
    case zero
    /// U(−b, b), b = 1 / √fanIn: PyTorch's default, so OpenLTH's too.
    case uniform
  }

  /// Distribution of batch norm's scales; its shifts start at 0, running means at 0, variances at 1.
  package enum Scales: String, Hashable, Sendable, Codable, CaseIterable {
    case ones
    /// U(0, 1): OpenLTH's default.
    case uniform
  }

  /// Distribution of the weights.
  package let weights: Weights
  /// Distribution of the biases.
  package let biases: Biases
  /// Distribution of batch norm's scales; `nil` stands for ones.
  package let scales: Scales?

  /// An initializer.
  package init(weights: Weights, biases: Biases, scales: Scales = .ones) {
    self.weights = weights
    self.biases = biases
    // Left out of the recipe, so that networks without batch norm keep the keys they had.
    self.scales = scales == .ones ? nil : scales
  }
}

/// The factor on the learning rate over training.
package struct LearningRateSchedule: Hashable, Sendable, Codable {
  /// Shape after warmup.
  package enum Shape: Hashable, Sendable, Codable {
    case constant
    /// Times `factor` at each milestone.
    case steps(milestones: [Step], factor: Double)
    /// Half a cosine from 1 at the end of warmup to `final` at the end of training
    /// (Loshchilov & Hutter, ICLR 2017, eq. 5, one period).
    case cosine(final: Double)
    /// Constant for the part `from` of training, then straight down to `final` at the part `to`, then constant
    /// (the schedule of Garipov et al., NeurIPS 2018: from 0.5 to 0.9, final 0.01).
    case linearDecay(from: Double, to: Double, final: Double)
  }

  /// Linear rise from 0 over this time.
  package let warmup: Step
  /// Shape after warmup.
  package let shape: Shape

  /// A schedule.
  package init(warmup: Step, shape: Shape) {
    self.warmup = warmup
    self.shape = shape
  }
}

/// How a network is trained.
package struct TrainingSpecification: Hashable, Sendable, Codable {
  /// Optimizer and its constants.
  package let optimizer: OptimizerSpecification
  /// Factor on the learning rate.
  package let schedule: LearningRateSchedule
  /// Examples per optimizer step; the last batch of an epoch may be smaller.
  package let batchSize: Int
  /// Length of a training from initialization.
  package let duration: Step

  /// A training's specification.
  package init(
    optimizer: OptimizerSpecification, schedule: LearningRateSchedule, batchSize: Int,
    duration: Step
  ) {
    self.optimizer = optimizer
    self.schedule = schedule
    self.batchSize = batchSize
    self.duration = duration
  }
}
