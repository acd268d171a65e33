import CTorch

extension Tensor {
  /// Square convolution of `[N, in, H, W]` by `[out, in / groups, k, k]` and `[out]`, zero-padded.
  package func convolution(
    weight: Tensor, bias: Tensor?, stride: Int, padding: Int, groups: Int = 1
  ) throws(TensorError) -> Tensor {
    try Tensor {
      ct_convolution(
        $0, handle.pointer, weight.handle.pointer, bias?.handle.pointer, Int64(stride),
        Int64(padding), Int64(groups), $1)
    }
  }

  /// What batch norm subtracts and divides by.
  package enum NormalizationStatistics {
    /// Mean and variance of the batch.
    case batch
    /// Mean and variance of the batch, towards which running statistics are moved in place by
    /// `momentum`; the variance they get is the unbiased one.
    case batchMoving(mean: Tensor, variance: Tensor, momentum: Double)
    /// These, whatever the batch.
    case fixed(mean: Tensor, variance: Tensor)
  }

  /// `(x − mean) / √(variance + ε) · scale + shift` per channel of `[N, C, H, W]`
  /// (Ioffe & Szegedy, ICML 2015, algorithm 1).
  package func batchNorm(
    scale: Tensor, shift: Tensor, statistics: NormalizationStatistics, epsilon: Double = 1e-5
  ) throws(TensorError) -> Tensor {
    let (mean, variance, ofBatch, momentum): (Tensor?, Tensor?, Bool, Double) =
      switch statistics {
      case .batch: (nil, nil, true, 0)
      case .batchMoving(let mean, let variance, let momentum): (mean, variance, true, momentum)
      case .fixed(let mean, let variance): (mean, variance, false, 0)
      }
    return try Tensor {
      ct_batch_norm(
        $0, handle.pointer, scale.handle.pointer, shift.handle.pointer, mean?.handle.pointer,
        variance?.handle.pointer, ofBatch, momentum, epsilon, $1)
    }
  }

  /// The largest of each square window of `[N, C, H, W]`.
  package func maxPool(kernel: Int, stride: Int, padding: Int) throws(TensorError) -> Tensor {
    try Tensor {
      ct_max_pool($0, handle.pointer, Int64(kernel), Int64(stride), Int64(padding), $1)
    }
  }

  /// The mean of each square window of `[N, C, H, W]`.
  package func averagePool(kernel: Int, stride: Int) throws(TensorError) -> Tensor {
    try Tensor { ct_average_pool($0, handle.pointer, Int64(kernel), Int64(stride), $1) }
  }

  /// The mean over positions, `[N, C, H, W]` → `[N, C]`.
  package func globalAveragePool() throws(TensorError) -> Tensor {
    try Tensor { ct_global_average_pool($0, handle.pointer, $1) }
  }

  /// −1, 0 or 1.
  package func sign() throws(TensorError) -> Tensor {
    try Tensor { ct_sign($0, handle.pointer, $1) }
  }
}
