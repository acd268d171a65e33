package import Datasets
package import Networks
import Recipes
import Tensors
import Training

extension Network {
  /// `weights` with batch norm's running statistics computed anew on training examples: each layer's means
  /// and unbiased variances per batch, averaged over batches.
  ///
  /// Networks without batch norm come back as they are.
  ///
  /// - Parameter indices: examples of the training split, normalized but not augmented.
  /// - Returns: new buffers beside the same parameters.
  package func recomputingStatistics(
    of weights: Weights, on indices: [Int32], of dataset: Dataset
  ) throws -> Weights {
    guard normalizes else { return weights }
    precondition(!indices.isEmpty, "statistics of no examples")
    let fresh = Weights(
      specifications: weights.specifications,
      tensors: try zip(weights.specifications, weights.tensors).map { specification, tensor in
        specification.isParameter ? tensor : try tensor.copy()
      })
    try Engine.withoutRecording {
      for (number, start) in stride(from: 0, to: indices.count, by: Self.statisticsBatch)
        .enumerated()
      {
        let batch = try dataset.batch(
          indices[start..<min(start + Self.statisticsBatch, indices.count)], of: .train,
          channelsLast: Precision.float32.isChannelsLast(for: self))
        // The mean of n batches moves towards the next one by 1 / (n + 1); the first replaces what was.
        _ = try trainingLogits(fresh.tensors, batch.inputs, momentum: 1 / Double(number + 1))
      }
    }
    return fresh
  }

  private static let statisticsBatch = PointMeasurement.statisticsBatch
}
