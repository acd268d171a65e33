package import Networks
package import Recipes
import Tensors

extension MaskAudit {
  /// Counts of `mask`, and of what lies on a path of kept weights from the input to an output, where the network's
  /// layers are known.
  package init(of mask: Mask, in network: Network) throws {
    guard network.specification.program == nil else {
      self.init(layers: mask.layers.map(\.count), effective: nil, outputs: nil)
      return
    }
    let layers = Dictionary(uniqueKeysWithValues: mask.layers.map { ($0.name, $0) })
    let kept = try network.tensors.map { tensor in
      guard let layer = layers[tensor.name] else {
        return try Tensor(repeating: 0, shape: tensor.shape)
      }
      return try Tensor(layer.kept, shape: layer.shape).converted(to: .float32)
    }
    let paths = try NetworkPaths(of: network, through: kept)
    self.init(
      layers: mask.layers.map(\.count), effective: paths.weights, outputs: paths.outputs)
  }
}
