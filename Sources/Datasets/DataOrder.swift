package import Randomness

/// The order in which epochs visit examples: each epoch a permutation from a stream of its own, so
/// that any step of training can be reached without the steps before it.
package struct DataOrder {
  /// Root of the epochs' streams.
  package let path: StreamPath
  /// Number of examples.
  package let count: Int
  /// Examples per batch; an epoch's last may be smaller.
  package let batchSize: Int

  /// An order over `count` examples.
  package init(path: StreamPath, count: Int, batchSize: Int) {
    precondition(count > 0 && batchSize > 0, "no batches of \(batchSize) from \(count) examples")
    self.path = path
    self.count = count
    self.batchSize = batchSize
  }

  /// Batches per epoch.
  package var batchesPerEpoch: Int { (count - 1) / batchSize + 1 }

  /// The permutation of `indices` that epoch 0, 1, … visits.
  package func epoch(_ epoch: Int, of indices: [Int32]) -> [Int32] {
    precondition(indices.count == count, "an order over \(count) of \(indices.count) examples")
    var stream = RandomStream(path / "epoch \(epoch)")
    return stream.permutation(of: count).map { indices[$0] }
  }

  /// The positions of batch `index` within an epoch.
  package func range(ofBatch index: Int) -> Range<Int> {
    (index * batchSize)..<min((index + 1) * batchSize, count)
  }
}
