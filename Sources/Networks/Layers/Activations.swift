import Recipes
import Tensors

extension LayerAct {
  /// x · Φ(x).
  static let gelu = activation(.gelu) { (x) throws(TensorError) in try x.gelu() }
  /// x · sigmoid(x).
  static let silu = activation(.silu) { (x) throws(TensorError) in try x.silu() }
  /// 1 / (1 + e⁻ˣ).
  static let sigmoid = activation(.sigmoid) { (x) throws(TensorError) in try x.sigmoid() }
  /// The hyperbolic tangent.
  static let tanh = activation(.tanh) { (x) throws(TensorError) in try x.tanh() }

  /// A function of single numbers. Synaptic flow takes it for the identity, as ReLU is one of numbers that are not
  /// negative: a bounded function would leave deep layers without scores. A constant that it makes of 0 is no path.
  private static func activation(
    _ kind: LayerKind, _ function: @escaping @Sendable (Tensor) throws(TensorError) -> Tensor
  ) -> LayerAct {
    LayerAct(
      withoutProgram: kind,
      forward: { (_, pass, x) throws(TensorError) in pass.isLinearized ? x : try function(x) })
  }
}
