package import Randomness

/// A network at step 0.
package struct InitializationRecipe: Hashable, Sendable, Codable {
  /// Distributions.
  package let initializer: InitializerSpecification
  /// The draw.
  package let stream: StreamPath

  /// An initialization.
  package init(initializer: InitializerSpecification, stream: StreamPath) {
    self.initializer = initializer
    self.stream = stream
  }
}

/// Where weights come from.
package enum WeightsSource: Hashable, Sendable, Codable {
  /// Drawn.
  case initialization(InitializationRecipe)
  /// Those after `iteration` steps, of the state in the role ``InputRole/weights``.
  case checkpoint(iteration: Int)
}

/// The kind of processor that the arithmetic runs on; it is part of a recipe since bits depend on it.
package enum DeviceKind: String, Hashable, Sendable, Codable, CaseIterable {
  case cpu
  /// NVIDIA's GPUs; scores are computed on the CPU there too.
  case cuda
}

/// The numbers that training computes with.
package enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  case float32
  /// Activations, their gradients and the factors of convolutions and linear layers in bfloat16 (8 bits of
  /// significand); weights, their gradients, batch norm's statistics, loss and optimizer in float32.
  case bfloat16
}
