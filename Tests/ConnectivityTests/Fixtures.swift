import Connectivity
import Datasets
import Networks
import Randomness
import Recipes

/// The digits, 144 of their training images held out.
func digits() throws -> Dataset {
  try Dataset(
    DatasetSpecification(
      source: .init(.digits), digests: [], validation: 144, split: StreamPath(seed: 1) / "split",
      normalization: DatasetSource(.digits).defaultNormalization), paths: [:])
}

/// `specification` on the digits.
func digitsNetwork(_ specification: NetworkSpecification) -> Network {
  Network(
    specification, input: DatasetSource(.digits).shape, classes: DatasetSource(.digits).classes)
}

extension Curve {
  /// `w(t) = Σₖ cₖ(t)·wₖ`.
  func point(at t: Double) throws -> Weights {
    try Weights.combination(
      zip(shape.coefficients(at: t), controls).map { (coefficient: $0, weights: $1) })
  }
}

extension Plane {
  /// The network at `position`.
  func point(at position: PlanePosition) throws -> Weights {
    try Weights.combination(
      zip(coefficients(at: position), corners).map { (coefficient: $0, weights: $1) })
  }
}

extension Network {
  /// Kaiming-normal weights of a seed.
  func weights(seed: UInt64 = 1) throws -> Weights {
    try Weights(
      initializing: self, with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform),
      path: StreamPath(seed: seed) / "initialization")
  }
}
