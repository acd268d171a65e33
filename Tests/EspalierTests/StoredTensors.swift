import Foundation

/// A float32 tensor of a safetensors file, row-major.
typealias StoredTensor = (name: String, shape: [Int], values: [Float])

extension Program {
  /// A program whose folder has safetensors files of float32 tensors.
  init(tensors files: [String: [StoredTensor]]) throws {
    try self.init()
    for (name, tensors) in files { try Self.bytes(of: tensors).write(to: path(name)) }
  }

  private static func bytes(of tensors: [StoredTensor]) throws -> Data {
    var (header, data) = ([String: Any](), Data())
    for (name, shape, values) in tensors {
      let start = data.count
      values.forEach { withUnsafeBytes(of: $0) { data.append(contentsOf: $0) } }
      header[name] = ["dtype": "F32", "shape": shape, "data_offsets": [start, data.count]]
    }
    let json = try JSONSerialization.data(withJSONObject: header)
    var count = UInt64(json.count)
    return Data(bytes: &count, count: 8) + json + data
  }
}
