import Recipes
import Wording

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

extension TensorError {
  /// What is wrong with the file at `path`.
  init(_ fault: FileFault, path: String) {
    if case .malformed(let problem) = fault {
      self = .malformed(path: path, problem: problem)
    } else {
      self = .file(path: path, problem: fault.sentence(after: path))
    }
  }
}

extension TensorError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .operation(let message): "tensor operation: \(message)"
    case .file(let path, let problem): "\(path): \(problem)"
    case .malformed(let path, let problem):
      "\(path): \(FileFault.malformed(problem))"
    case .missing(let path, let tensor, let present):
      "\(path): holds no tensor '\(tensor.printable)'; it holds "
        + (present.isEmpty ? "none" : present.map(\.printable).joined(separator: ", "))
    }
  }
}
