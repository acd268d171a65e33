/// A way to store the weights of a layer of which some are pruned.
package enum WeightStorage: CaseIterable, Hashable, Sendable {
  /// All weights as float32, pruned ones as zeros.
  case dense
  /// Compressed sparse rows of the matrix `[out, in · kernel · kernel]`: a float32 and the int32 of its column for
  /// every kept weight, and an int32 for the start of every row and the end of the last, as SciPy's `csr_matrix` has them.
  case sparseRows
  /// A bit for every weight in whole bytes, and a float32 for every kept one.
  case bitMask

  /// Bytes of a layer.
  ///
  /// - Parameters:
  ///   - size: its weights.
  ///   - rows: its outputs.
  ///   - kept: weights that are not pruned.
  package func bytes(size: Int, rows: Int, kept: Int) -> Int {
    switch self {
    case .dense: 4 * size
    case .sparseRows: 8 * kept + 4 * (rows + 1)
    case .bitMask: (size + 7) / 8 + 4 * kept
    }
  }
}

/// What the weights of one layer cost, all of them and those kept.
///
/// **Counting rule.** One multiplication with the addition of its product is one multiply–add (MAC), so that a layer of n
/// weights at each of p positions has n · p. Biases, batch norm, pooling, activations and the additions of residual
/// connections are not counted, as they depend on no pruned weight. Others count otherwise: a multiplication and an
/// addition as two operations, biases and batch norm too, or filters that are removed only where they write.
package struct LayerCost: Hashable, Sendable {
  /// The weight tensor's name.
  package let name: String
  /// Its weights, and its outputs O of the shape `[O, I, …]`.
  package let size, rows: Int
  /// At how many positions of one example each weight is multiplied: 1 in a linear layer, the area of the output in a
  /// convolution.
  package let positions: Int
  /// Parameters that belong to the layer and are never pruned: its bias, and what of batch norm follows it.
  package let unprunable: Int
  /// Weights that are kept.
  package let kept: Int
  /// Kept weights that lie on a path from the input to an output, where known.
  package let effective: Int?

  /// A layer's cost.
  package init(
    name: String, size: Int, rows: Int, positions: Int, unprunable: Int, kept: Int, effective: Int?
  ) {
    self.name = name
    self.size = size
    self.rows = rows
    self.positions = positions
    self.unprunable = unprunable
    self.kept = kept
    self.effective = effective
  }

  /// Multiply–adds of one example with all weights.
  package var multiplications: Int { size * positions }
  /// Multiply–adds of one example with the kept weights alone.
  package var keptMultiplications: Int { kept * positions }
  /// Multiply–adds of one example with those kept weights that lie on a path; `nil` where they are not known.
  package var effectiveMultiplications: Int? { effective.map { $0 * positions } }

  /// Bytes of its weights in a way to store them.
  package func bytes(_ storage: WeightStorage) -> Int {
    storage.bytes(size: size, rows: rows, kept: kept)
  }
}
