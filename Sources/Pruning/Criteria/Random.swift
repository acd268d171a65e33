import Randomness
import Recipes
import Tensors

extension Formula {
  /// Uniform random scores in [0, 1) with 53 bits: random pruning, the field's baseline.
  static let random = Formula(.random) { scoring, _ in
    try scoring.network.prunable.map { tensor in
      var stream = RandomStream(scoring.path / tensor.name)
      return try Tensor((0..<tensor.count).map { _ in stream.uniform() }, shape: tensor.shape)
    }
  }
}
