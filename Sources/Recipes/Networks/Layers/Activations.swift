extension LayerKind {
  /// x · Φ(x), Φ the standard normal distribution function, not its approximation by tanh
  /// (Hendrycks & Gimpel, 2016).
  package static let gelu = LayerKind("gelu", response: .curved, hasProgram: false)

  /// x · sigmoid(x) (Elfwing, Uchibe & Doya, Neural Networks 2018).
  package static let silu = LayerKind("silu", response: .curved, hasProgram: false)

  /// 1 / (1 + e⁻ˣ).
  package static let sigmoid = LayerKind("sigmoid", response: .curved, hasProgram: false)

  /// The hyperbolic tangent.
  package static let tanh = LayerKind("tanh", response: .curved, hasProgram: false)
}

extension LayerPlan {
  /// x · Φ(x).
  package static let gelu = LayerPlan(.gelu)
  /// x · sigmoid(x).
  package static let silu = LayerPlan(.silu)
  /// 1 / (1 + e⁻ˣ).
  package static let sigmoid = LayerPlan(.sigmoid)
  /// The hyperbolic tangent.
  package static let tanh = LayerPlan(.tanh)
}
