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

extension Network {
  /// Kaiming-normal weights of a seed.
  func weights(seed: UInt64 = 1) throws -> Weights {
    try Weights(
      initializing: self, with: InitializerSpecification(weights: .kaimingNormal, biases: .uniform),
      path: StreamPath(seed: seed) / "initialization")
  }
}
