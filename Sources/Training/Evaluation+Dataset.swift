package import Datasets
package import Networks
package import Recipes
import Tensors

extension Network {
  /// Accuracy and mean loss on a split, in evaluation mode and without recording.
  ///
  /// Logits are float32, or in bfloat16 rounded to it; cross-entropies are computed and summed in float64.
  package func evaluate(
    _ weights: Weights, on split: Split, of dataset: Dataset, in precision: Precision = .float32
  ) throws -> Evaluation {
    let indices = dataset.indices(of: split)
    let inference = runsAsProgram(in: precision) ? try ProgramInference(program) : nil
    var (correct, lossSum) = (0, 0.0)
    try Engine.withoutRecording {
      for start in stride(from: 0, to: indices.count, by: Self.evaluationBatch) {
        let batch = try dataset.batch(
          indices[start..<min(start + Self.evaluationBatch, indices.count)], of: split,
          type: precision.elementType, channelsLast: precision.isChannelsLast(for: self))
        let logits =
          try inference?.logits(weights.tensors, batch.inputs)
          ?? logits(weights.tensors, batch.inputs, mode: .eval)
        let part = try logits.evaluation(batch.labels)
        correct += part.correct
        lossSum += part.lossSum
      }
    }
    let loss = lossSum / Double(indices.count)
    return Evaluation(correct: correct, count: indices.count, loss: loss.isFinite ? loss : nil)
  }

  /// Examples per evaluation batch: large enough for the matrix products, small enough for the cache.
  private static let evaluationBatch = 500
}
