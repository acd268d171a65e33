import Randomness
import Recipes

extension Problem {
  /// Two hidden layers on data that have shapes and no examples.
  static func shapesAlone(_ root: StreamPath) -> Problem {
    Problem(
      network: .lenet(hidden: [12, 9]),
      dataset: DatasetSpecification(
        source: .init(.shapeOnly, ["channels": 1, "height": 2, "width": 5, "classes": 3]),
        digests: [], validation: 0, split: root / "validation",
        normalization: Normalization(fullScale: 255, mean: [0], standardDeviation: [1])))
  }
}
