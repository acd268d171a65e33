/// One layer of an architecture before its input is known: what a suite's `layers:` says, and what the
/// named architectures are written in.
package indirect enum LayerPlan: Hashable, Sendable, Codable {
  /// A square convolution with `outputs` channels, zero-padded on every side.
  case convolution(
    name: String, outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = false)
  /// Batch norm over channels (Ioffe & Szegedy, ICML 2015), ε = 1e-5, momentum 0.1.
  case batchNorm(name: String)
  /// max(x, 0).
  case relu
  /// The largest of each window; a window that would leave the input is dropped.
  case maxPool(kernel: Int, stride: Int, padding: Int = 0)
  /// The mean of each window; a window that would leave the input is dropped.
  case averagePool(kernel: Int, stride: Int)
  /// The mean of each channel; flattens.
  case globalAveragePool
  /// Channels, rows and columns as one vector.
  case flatten
  /// A fully connected layer; `outputs` `nil` means the number of classes.
  case linear(name: String, outputs: Int?, bias: Bool = true)
  /// `body(x) + shortcut(x)`; an empty shortcut is the identity.
  case residual(body: [LayerPlan], shortcut: [LayerPlan])

  /// The name under which a message speaks of the layer.
  package var label: String {
    switch self {
    case .convolution(let name, _, _, _, _, _): "convolution '\(name)'"
    case .batchNorm(let name): "batch norm '\(name)'"
    case .relu: "relu"
    case .maxPool: "max pool"
    case .averagePool: "average pool"
    case .globalAveragePool: "global average pool"
    case .flatten: "flatten"
    case .linear(let name, _, _): "linear '\(name)'"
    case .residual: "residual"
    }
  }
}
