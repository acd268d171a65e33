import Datasets
import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Training

/// What one process of the benchmark measures of iterative magnitude pruning.
enum BenchmarkLottery {
  private static let (batch, steps) = (60, 5000)

  /// Seconds of training a ticket at 80 % of the weights by Adam, and seconds from its weights to the mask
  /// of 64 %.
  static func level(of network: Network, on dataset: Dataset) throws -> [Double] {
    let start = StreamPath(seed: 1)
    let initial = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .glorotNormal, biases: .zero),
      path: start / "initialization")
    let mask = try prune(initial, of: network, within: Mask(keepingAllOf: network), to: "0.8")
    let training = try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: .init(.adam, ["learning-rate": 0.0012]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: batch,
        duration: Step(epochs: 0, iterations: steps)),
      order: start / "order", mask: mask)
    var state = try training.begin(with: initial, at: 0)
    let trained = try ContinuousClock().measure { _ = try training.run(&state, to: steps) }
    let pruned = try ContinuousClock().measure {
      _ = try prune(state.weights, of: network, within: mask, to: "0.64")
    }
    return [trained / .seconds(1), pruned / .seconds(1)]
  }

  private static func prune(
    _ weights: Weights, of network: Network, within mask: Mask, to density: String
  ) throws -> Mask {
    let scores = try Scoring(
      network: network, weights: weights, mask: mask, batches: [], mode: .eval,
      path: StreamPath(seed: 1) / "scores",
      folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    ).scores(by: .init(.magnitude))
    let decision = try Ranking(excluding: [], keepsLowest: false)
      .decide(scores.ranked(within: mask), quota: .density(Density(density)!, .global))
    return try mask.pruned(by: decision)
  }

  /// Seconds beside the products of loss and gradients, which pruned weights take part in.
  static func report(_ seconds: [Double], peak: Double) -> String {
    let products =
      NetworkSpecification.lenet(hidden: [300, 100]).fitting(
        input: ExampleShape(channels: 1, height: 28, width: 28), classes: 10
      ).trainingOperations
      * Double(batch * steps) / 1e9
    return String(
      format:
        "  one level of a lottery ticket, %d steps of Adam, batch %d: %.2f s; products of %.0f GFLOP, "
        + "%.0f %% of the peak; pruning to the next level: %.1f ms", steps, batch, seconds[0],
      products, 100 * products / seconds[0] / peak, 1000 * seconds[1])
  }
}
