/// What can go wrong with tensors and their files.
package enum TensorError: Error, Hashable {
  /// libtorch refused an operation.
  case operation(String)
  /// A safetensors file that cannot be opened or written.
  case file(path: String, problem: String)
  /// A safetensors file whose contents are not what its format demands.
  case malformed(path: String, problem: String)
  /// A tensor that a file should hold.
  case missing(path: String, tensor: String, present: [String])
}

extension TensorError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .operation(let message): "tensor operation: \(message)"
    case .file(let path, let problem): "\(path): \(problem)"
    case .malformed(let path, let problem):
      "\(path): not a sound safetensors file: \(problem); write it again"
    case .missing(let path, let tensor, let present):
      "\(path): holds no tensor '\(tensor)'; it holds "
        + (present.isEmpty ? "none" : present.joined(separator: ", "))
    }
  }
}
