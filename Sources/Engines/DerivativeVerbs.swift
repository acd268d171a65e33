package import Recipes

/// Slopes of a network in float64: ∂/∂w of every prunable tensor.
package struct Gradient: EngineVerb {
  /// What it is the gradient of.
  package struct Answer: Decodable, Sendable {
    /// The loss, or R.
    package let value: Double?
  }

  /// What is differentiated.
  package enum Objective: String, Encodable, Sendable {
    /// The mean loss over the examples.
    case loss
    /// The summed output with absolute parameters on an input of ones.
    case synflow
  }

  package static let name = "gradient"

  let weights: String
  @PathOrNull var mask: String?
  let examples: String?
  let mode: String
  let objective: Objective
  let temperature: Double
  let output: String

  /// Asks for the gradient of `objective` in the file at `output`; `examples` holds `indices` of the training split.
  package init(
    of objective: Objective, weights: String, mask: String?, examples: String?,
    mode: NormalizationMode, temperature: Double, output: String
  ) {
    (self.objective, self.weights, self.mask, self.examples) = (objective, weights, mask, examples)
    (self.mode, self.temperature, self.output) = (mode.rawValue, temperature, output)
  }
}

/// The product of the loss' Hessian with a vector, in float64.
package struct HessianVector: EngineVerb {
  package typealias Answer = Done
  package static let name = "hessian-vector"

  let weights: String
  @PathOrNull var mask: String?
  let examples: String
  let mode: String
  let temperature: Double
  let vector: String
  let output: String

  /// Asks for H·v in the file at `output`; the file at `vector` holds v.
  package init(
    weights: String, mask: String?, examples: String, mode: NormalizationMode, temperature: Double,
    vector: String, output: String
  ) {
    (self.weights, self.mask, self.examples, self.mode) = (weights, mask, examples, mode.rawValue)
    (self.temperature, self.vector, self.output) = (temperature, vector, output)
  }
}

/// The L2 norms of what the weights of a row multiply, over examples and positions.
package struct ActivationNorms: EngineVerb {
  package typealias Answer = Done
  package static let name = "activation-norms"

  let weights: String
  @PathOrNull var mask: String?
  let examples: String
  let mode: String
  let output: String

  /// Asks for the norms in the file at `output`.
  package init(
    weights: String, mask: String?, examples: String, mode: NormalizationMode, output: String
  ) {
    (self.weights, self.mask, self.examples) = (weights, mask, examples)
    (self.mode, self.output) = (mode.rawValue, output)
  }
}

/// The weights with batch norm's statistics computed anew over the training split.
package struct Statistics: EngineVerb {
  package typealias Answer = Done
  package static let name = "statistics"

  let weights: String
  @PathOrNull var mask: String?
  let output: String

  /// Asks for them in the file at `output`.
  package init(weights: String, mask: String?, output: String) {
    (self.weights, self.mask, self.output) = (weights, mask, output)
  }
}

/// The classes of a split's examples.
package struct Labels: EngineVerb {
  package typealias Answer = Done
  package static let name = "labels"

  let split: String
  let output: String

  /// Asks for them in the file at `output`.
  package init(of split: Split, output: String) {
    (self.split, self.output) = (split.rawValue, output)
  }
}
