import Foundation

/// A float32 tensor of a safetensors file, row-major.
typealias FloatTensor = (name: String, shape: [Int], values: [Float])

extension Program {
  /// A program whose folder has safetensors files of float32 tensors.
  init(tensors files: [String: [FloatTensor]]) throws {
    try self.init()
    for (name, tensors) in files {
      let stored = tensors.map { StoredTensor($0.name, $0.shape, floats: $0.values) }
      try StoredTensor.file(stored).write(to: path(name))
    }
  }
}
