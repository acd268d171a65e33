package import Networks
package import Recipes
import Tensors

extension MaskAudit {
  /// Counts of `mask` and whether a path of kept weights leads from the input to an output.
  ///
  /// The network with 0/1 weights and without biases sends an all-ones input to the outputs that a path
  /// reaches.
  package init(of mask: Mask, in network: Network) throws {
    let layers = Dictionary(uniqueKeysWithValues: mask.layers.map { ($0.name, $0) })
    let kept = try network.tensors.map { tensor in
      guard let layer = layers[tensor.name] else {
        return try Tensor(repeating: 0, shape: tensor.shape)
      }
      return try Tensor(layer.kept, shape: layer.shape).converted(to: .float32)
    }
    let connected = try Engine.withoutRecording { try network.hasPath(kept) }
    self.init(
      layers: mask.layers.map(\.count),
      emptied: mask.layers.filter { $0.keptCount == 0 }.map(\.name), connected: connected)
  }
}
