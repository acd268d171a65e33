package import Randomness
import Tensors

/// The draws of one step's dropout: each layer's from a stream of its own, by its place among the dropouts of the network,
/// so that any step can be reached without the steps before it, and trainings in one order drop the same numbers.
package final class DropoutDraws {
  private let path: StreamPath
  private var layers = 0

  /// Draws below `path`.
  package init(_ path: StreamPath) { self.path = path }

  /// The draws of step `iteration` of a training of `network` whose data order is drawn below `order`; `nil` for a network
  /// without dropout.
  package convenience init?(ofStep iteration: Int, of network: Network, order: StreamPath) {
    guard network.drops else { return nil }
    self.init(order / "dropout" / "step \(iteration)")
  }

  /// What the next layer multiplies its inputs by: 0 with probability `rate`, or else 1 / (1 − rate).
  func factors(like inputs: Tensor, rate: Double) throws(TensorError) -> Tensor {
    var stream = RandomStream(path / "layer \(layers)")
    layers += 1
    var factors = [Float](repeating: 0, count: inputs.count)
    factors.withUnsafeMutableBufferPointer { stream.fill($0, with: .uniform(0..<1)) }
    let (bar, kept) = (Float(rate), Float(1 / (1 - rate)))
    for index in factors.indices { factors[index] = factors[index] < bar ? 0 : kept }
    return try Tensor(factors, shape: inputs.shape).converted(to: inputs.type)
      .moved(to: inputs.device)
  }
}
