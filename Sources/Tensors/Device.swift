import CTorch

/// The processor that a tensor's elements lie with.
package enum Device: Hashable, Sendable {
  case cpu
  /// The first GPU that the process sees.
  case cuda

  fileprivate var code: ct_device {
    switch self {
    case .cpu: CT_CPU
    case .cuda: CT_CUDA
    }
  }

  /// Checks that tensors can lie here; loads libtorch's CUDA half for a GPU.
  ///
  /// - Throws: a sentence that tells whether the library or the GPU is missing.
  package func require() throws(TensorError) {
    guard self == .cuda else { return }
    try check { ct_require_cuda($0) }
  }
}

extension Tensor {
  /// Where the elements lie.
  package var device: Device { ct_get_device(handle.pointer) == CT_CUDA ? .cuda : .cpu }

  /// The same elements on `device`: this tensor itself where they lie there already.
  package func moved(to device: Device) throws(TensorError) -> Tensor {
    guard device != self.device else { return self }
    return try Tensor { ct_to_device($0, handle.pointer, device.code, $1) }
  }
}
