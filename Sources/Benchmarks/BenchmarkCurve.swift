import Connectivity
import Datasets
import Foundation
import Networks
import Randomness
import Recipes
import Training

/// What one process of the benchmark measures of curves between networks.
enum BenchmarkCurve {
  private static let batch = 128

  /// Seconds per epoch of training a quadratic Bézier curve's bend, data and optimizer included, after a
  /// warm-up.
  static func epoch(of network: Network, on dataset: Dataset) throws -> Double {
    let ends = try [1, 2].map { seed in
      try Weights(
        initializing: network,
        with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
        path: StreamPath(seed: seed) / "initialization")
    }
    let training = try CurveTraining(
      Curve(.bezier(bends: 1), from: ends[0], to: ends[1]), of: network, on: dataset,
      specification: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.01, "momentum": 0.9, "weight-decay": 1e-4]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: batch,
        duration: Step(epochs: 2, iterations: 0)),
      order: StreamPath(seed: 1) / "order", positions: StreamPath(seed: 1) / "positions")
    var state = try training.begin()
    _ = try training.run(&state, to: training.stepsPerEpoch / 4)
    let steps = training.stepsPerEpoch
    let elapsed = try ContinuousClock().measure {
      _ = try training.run(&state, to: state.iteration + steps)
    }
    return elapsed / .seconds(1)
  }

  /// Seconds beside the products of loss and gradients, which a training of one network has too, and the
  /// numbers that a step of the curve moves besides.
  static func report(_ seconds: Double, peak: Double, examples: Int = 55_000) -> String {
    let architecture = NetworkSpecification.lenet(hidden: [300, 100]).fitting(
      input: ExampleShape(channels: 1, height: 28, width: 28), classes: 10)
    let operations = architecture.trainingOperations * Double(examples) / 1e9
    let weights = architecture.tensors.reduce(0) { $0 + $1.count }
    // Three control points read and the point written; gradient and point read, the slope written; slope,
    // velocity and bend read, the last two written.
    let moved = 4 * Double(12 * weights * (examples / batch + 1)) / 1e9
    return String(
      format:
        "  one epoch of a Bézier curve, batch %d: %.2f s; products of %.0f GFLOP, %.0f %% of the "
        + "peak, and %.1f GB of weights moved", batch, seconds, operations,
      100 * operations / seconds / peak, moved)
  }
}
