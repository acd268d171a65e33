import Foundation

/// A tensor as a safetensors file has it.
struct StoredTensor {
  private let name: String
  private let shape: [Int]
  private let type: String
  private let data: Data

  init(_ name: String, _ shape: [Int], bytes: [UInt8], type: String = "U8") {
    (self.name, self.shape, self.type) = (name, shape, type)
    data = Data(bytes)
  }

  init(_ name: String, _ shape: [Int], floats: [Float]) {
    (self.name, self.shape, type) = (name, shape, "F32")
    data = floats.withUnsafeBytes { Data($0) }
  }

  /// A safetensors file of tensors.
  static func file(_ tensors: [StoredTensor]) throws -> Data {
    var (header, data) = ([String: Any](), Data())
    for tensor in tensors {
      let end = data.count + tensor.data.count
      header[tensor.name] = [
        "dtype": tensor.type, "shape": tensor.shape, "data_offsets": [data.count, end],
      ]
      data += tensor.data
    }
    let json = try JSONSerialization.data(withJSONObject: header)
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json + data
  }
}
