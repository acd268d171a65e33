import Randomness
import Tensors

extension Scoring {
  /// Uniform random scores in [0, 1) with 53 bits: random pruning, the field's baseline.
  func randomScores() throws -> [Tensor] {
    try network.prunable.map { tensor in
      var stream = RandomStream(path / tensor.name)
      return try Tensor((0..<tensor.count).map { _ in stream.uniform() }, shape: tensor.shape)
    }
  }
}
