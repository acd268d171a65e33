import Wording

/// Why a file of the user's cannot be read as what it was named for; who reads it adds the path.
package enum FileFault: Error, Hashable, Sendable {
  /// It is not there, or may not be read.
  case unreadable(reason: String)
  /// A folder, a pipe or a device.
  case notRegular(String)
  /// A safetensors file was expected and this is another format.
  case foreign(ForeignFormat)
  /// A tensor of a type that the format has and nothing here computes with.
  case unsupported(tensor: String, type: String)
  /// A safetensors file whose contents are not what its format demands.
  case malformed(String)

  /// What is wrong, for sentences that have a remedy of their own.
  package var problem: String {
    switch self {
    case .unreadable(let reason): "cannot be read (\(reason))"
    case .notRegular(let kind): "is \(kind), no regular file"
    default: description
    }
  }

  /// The sentence that follows the file's `path`.
  package func sentence(after path: String) -> String {
    switch self {
    case .unreadable(let reason): "cannot be read (\(reason)); check that it exists and may be read"
    case .notRegular(let kind): "is \(kind) and cannot be read; name a regular file"
    case .foreign(let format): "is \(format.name), no safetensors file; \(format.remedy(for: path))"
    case .unsupported(let tensor, let type):
      "tensor '\(tensor.printable)' has elements of type \(type), which are not read; convert them to F32,"
        + " or to integers where they are some"
    case .malformed(let problem): "not a sound safetensors file: \(problem); write it again"
    }
  }
}

extension FileFault: CustomStringConvertible {
  /// The sentence that follows the path, where that is not known.
  package var description: String { sentence(after: "OLD") }
}
