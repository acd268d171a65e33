package import Datasets
package import Networks
package import Recipes
package import Tensors

/// What a network says of a split, example by example, in the order of `Dataset.indices(of:)`.
package struct Examination {
  /// Accuracy and loss.
  package let evaluation: Evaluation
  /// The class that each example is given: the position of its largest logit, the first where several are.
  package let predictions: [Int]
  /// Which examples are given their own class.
  package let right: [Bool]

  /// How many classes are given at all, and the share of the one that most examples are given.
  package var predicted: StateResult.Predicted {
    let counts = Dictionary(predictions.map { ($0, 1) }, uniquingKeysWith: +)
    return StateResult.Predicted(classes: counts.count, commonest: counts.values.max() ?? 0)
  }

  /// ``right`` as bits: bit k of byte j is example 8·j + k; bits beyond the last are 0.
  package var rightBits: [UInt8] { right.packedBits }
}

extension Network {
  /// Examines `weights` on a split in one pass, as ``evaluate(_:on:of:in:)`` evaluates them.
  package func examine(
    _ weights: Weights, on split: Split, of dataset: Dataset, in precision: Precision = .float32
  ) throws -> Examination {
    var tally = Tally()
    var (predicted, right) = ([Int](), [Bool]())
    try forEachBatch(
      weights, of: dataset.indices(of: split), from: split, of: dataset, in: precision
    ) {
      logits, labels in
      tally.add(try logits.evaluation(labels), of: labels.count)
      let found = try predictions(logits)
      predicted += found
      right += zip(found, try labels.elements(of: Int64.self)).map { $0 == $1 }
    }
    return Examination(evaluation: tally.evaluation, predictions: predicted, right: right)
  }

  /// The class that each row of float32 logits `[N, classes]` is given.
  package func predictions(_ logits: Tensor) throws -> [Int] {
    try logits.withElements(of: Float.self) { values in
      (0..<values.count / classes).map { Self.largest(values, from: $0 * classes, count: classes) }
    }
  }

  /// The position of the largest of `count` logits, the first of several; what is no number is the largest, as
  /// where examples are counted that are given their own class.
  private static func largest(
    _ logits: UnsafeBufferPointer<Float>, from start: Int, count: Int
  ) -> Int {
    var best = start
    for index in start + 1..<start + count
    where logits[index] > logits[best] || (logits[index].isNaN && !logits[best].isNaN) {
      best = index
    }
    return best - start
  }
}

extension [Bool] {
  /// Bit k of byte j is element 8·j + k; bits beyond the last are 0.
  package var packedBits: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
    for (index, isSet) in enumerated() where isSet { bytes[index / 8] |= 1 << (index % 8) }
    return bytes
  }
}
