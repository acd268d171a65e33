import Tensors

extension Scoring {
  /// |w|. Reference: Han, Pool, Tran & Dally, NeurIPS 2015.
  func magnitudeScores() throws -> [Tensor] {
    try prunable(weights.tensors).map { tensor throws(TensorError) in try tensor.absolute() }
  }
}
