package import Datasets
package import Networks
import Programs
package import Recipes
package import Tensors

extension Network {
  /// Accuracy and mean loss on a split, in evaluation mode and without recording.
  ///
  /// Logits are float32, or in bfloat16 rounded to it; cross-entropies are computed and summed in float64.
  package func evaluate(
    _ weights: Weights, on split: Split, of dataset: Dataset, in precision: Precision = .float32
  ) throws -> Evaluation {
    try evaluate(
      weights, examples: dataset.indices(of: split), of: split, of: dataset, in: precision)
  }

  /// The same on some examples of a split.
  package func evaluate(
    _ weights: Weights, examples: [Int32], of split: Split, of dataset: Dataset,
    in precision: Precision = .float32
  ) throws -> Evaluation {
    var tally = Tally()
    try forEachBatch(weights, of: examples, from: split, of: dataset, in: precision) {
      logits, labels in
      tally.add(try logits.evaluation(labels), of: labels.count)
    }
    return tally.evaluation
  }

  /// Calls `body` with float32 logits `[N, classes]` and int64 labels `[N]` of one batch after the other,
  /// in evaluation mode and without recording. They lie on the CPU, wherever the weights do.
  package func forEachBatch(
    _ weights: Weights, of examples: [Int32], from split: Split, of dataset: Dataset,
    in precision: Precision = .float32, _ body: (_ logits: Tensor, _ labels: Tensor) throws -> Void
  ) throws {
    try forEachBatch(of: examples, from: split, of: dataset, in: precision) { batch, logits in
      try body(logits(weights), batch.labels)
    }
  }

  /// Calls `body` with one batch after the other and a function that gives its float32 logits
  /// `[N, classes]` by any weights, in evaluation mode and without recording.
  package func forEachBatch(
    of examples: [Int32], from split: Split, of dataset: Dataset,
    in precision: Precision = .float32,
    _ body: (_ batch: Batch, _ logits: (Weights) throws -> Tensor) throws -> Void
  ) throws {
    let inference = runsAsProgram(in: precision) ? try ProgramInference(program) : nil
    try Engine.withoutRecording {
      for start in stride(from: 0, to: examples.count, by: Self.evaluationBatch) {
        let batch = try dataset.batch(
          examples[start..<min(start + Self.evaluationBatch, examples.count)], of: split,
          type: precision.elementType, channelsLast: precision.isChannelsLast(for: self))
        try body(batch) { weights in
          guard weights.device == .cpu, let inference else {
            return try mixedLogits(
              weights.tensors, batch.inputs.moved(to: weights.device), trains: false
            ).moved(to: .cpu)
          }
          return try inference.logits(weights.tensors, batch.inputs)
        }
      }
    }
  }

  /// Examples per evaluation batch: large enough for the matrix products, small enough for the cache.
  private static let evaluationBatch = 500
}
