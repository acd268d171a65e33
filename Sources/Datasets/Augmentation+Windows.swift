package import Randomness
package import Recipes
package import Tensors

extension Augmentation {
  /// The windows of epoch 0, 1, …, one for each place in the epoch's order: from a stream of the epoch's
  /// own, so that any step of training can be reached without the steps before it.
  ///
  /// - Parameters:
  ///   - epoch: which epoch.
  ///   - count: places in an epoch.
  ///   - order: root of the streams that draw the data order; windows are drawn from
  ///     `order / augmentation / epoch e`, so two trainings in one order vary images alike.
  package func windows(ofEpoch epoch: Int, count: Int, order: StreamPath) -> [ImageWindow] {
    var stream = RandomStream(order / "augmentation" / "epoch \(epoch)")
    // Every kind of draw is made even where it is not used, so that the crop's border does not decide
    // which images are mirrored.
    return (0..<count).map { _ in
      let flips = stream.integer(below: 2) == 1
      let top = stream.integer(below: 2 * crop + 1) - crop
      let left = stream.integer(below: 2 * crop + 1) - crop
      return ImageWindow(top: top, left: left, flips: flip && flips)
    }
  }
}
