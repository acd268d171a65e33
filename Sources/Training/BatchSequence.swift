package import Datasets
package import Networks
package import Recipes
import Tensors

/// The training batches of optimizer step 0, 1, …, augmented, in one buffer that each overwrites.
///
/// Steps may be asked for in any order; going on from one to the next is cheapest.
package struct BatchSequence {
  private let dataset: Dataset
  private let order: DataOrder
  private let whole: Tensor
  private var epoch = -1
  private var visits: [Int32] = []
  private var windows: [ImageWindow]?

  /// The batches of `order`, in the type and layout that `network` reads in `precision`.
  package init(_ network: Network, _ dataset: Dataset, _ order: DataOrder, precision: Precision)
    throws
  {
    let shape = dataset.shape
    self.dataset = dataset
    self.order = order
    whole = try Tensor.imageBatch(
      shape: [order.batchSize, shape.channels, shape.height, shape.width],
      type: precision.elementType, channelsLast: precision.isChannelsLast(for: network))
  }

  /// The batch of step `iteration`; its inputs are overwritten by the next.
  package mutating func batch(at iteration: Int) throws -> Batch {
    let (epoch, position) = iteration.quotientAndRemainder(dividingBy: order.batchesPerEpoch)
    if epoch != self.epoch {
      self.epoch = epoch
      visits = order.epoch(epoch, of: dataset.trainingIndices)
      windows = dataset.specification.augmentation?
        .windows(ofEpoch: epoch, count: visits.count, order: order.path)
    }
    let places = order.range(ofBatch: position)
    let indices = visits[places]
    let inputs = try whole.narrowed(0, start: 0, length: indices.count)
    try dataset.gather(indices, of: .train, into: inputs, windows: windows?[places])
    return Batch(inputs: inputs, labels: try dataset.labels(indices, of: .train))
  }
}
