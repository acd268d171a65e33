import Tensors

extension Scoring {
  /// |∂L/∂w|, L the mean cross-entropy over the scoring set.
  func gradientScores() throws -> [Tensor] {
    try mean(try batches.map(gradients)).map { try $0.absolute() }
  }
}
