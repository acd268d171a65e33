import Connectivity
import Datasets
import Foundation
import Networks
import Randomness
import Recipes

/// What one process of the benchmark measures of paths between networks.
enum BenchmarkPath {
  private static let (points, images) = (30, 10_000)

  /// Seconds for error and loss at every point of a segment, distances and disagreement too, best of three.
  static func segment(of network: Network, on dataset: Dataset) throws -> Double {
    let ends = try [1, 2].map { seed in
      try Weights(
        initializing: network,
        with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
        path: StreamPath(seed: seed) / "initialization")
    }
    let evaluator = PointEvaluator(
      network, dataset,
      PointMeasurement(
        trainingExamples: images, stream: StreamPath(seed: 1) / "measured examples",
        statistics: [.interpolated], statisticsExamples: 0))
    return try (0..<3).map { _ in
      try ContinuousClock().measure {
        _ = try evaluator.interpolate(from: ends[0], to: ends[1], points: points)
      } / .seconds(1)
    }.min()!
  }

  /// Seconds beside the products that combined first layers leave, and those of every point by itself.
  static func report(_ seconds: Double, peak: Double) -> String {
    let layers: [Double] = [784 * 300, 300 * 100, 100 * 10]
    let rest = layers.dropFirst().reduce(0, +)
    let examples = 2e-9 * Double(images)
    let shared = examples * (2 * layers[0] + Double(points) * rest)
    let direct = examples * Double(points) * (layers[0] + rest)
    return String(
      format:
        "  one segment, %d points on %d images: %.2f s; products of %.0f GFLOP, %.0f %% of the "
        + "peak (point by point %.0f GFLOP, %.2f s at the peak)", points, images, seconds, shared,
      100 * shared / seconds / peak, direct, direct / peak)
  }
}
