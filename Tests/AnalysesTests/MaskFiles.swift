import Foundation

/// A safetensors file with one tensor after the other.
func safetensors(_ tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])]) -> Data {
  var (entries, data): ([String], [UInt8]) = ([], [])
  for (name, type, shape, bytes) in tensors {
    entries.append(
      #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"#
        + #""data_offsets":[\#(data.count),\#(data.count + bytes.count)]}"#)
    data += bytes
  }
  let header = "{" + entries.joined(separator: ",") + "}"
  var file = Data()
  withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { file.append(contentsOf: $0) }
  return file + Data(header.utf8) + Data(data)
}

/// A mask, of lenet-20 on digits unless stated, that keeps `count` weights from the one at `start` on; each
/// element is 0 or 1 in `size` bytes.
func mask(
  keeping count: Int, from start: Int = 0, type: String = "BOOL", size: Int = 1,
  of layers: [(name: String, shape: [Int])] = [
    ("fc_layers.0.weight", [20, 64]), ("fc.weight", [10, 20]),
  ]
) -> Data {
  let total = layers.reduce(0) { $0 + $1.shape.reduce(1, *) }
  var kept = [UInt8](repeating: 0, count: total)
  for offset in 0..<count { kept[(start + offset) % total] = 1 }
  var rest = kept[...]
  return safetensors(
    layers.map { name, shape in
      let part = rest.prefix(shape.reduce(1, *))
      rest = rest.dropFirst(part.count)
      return (
        name, type, shape, part.flatMap { [$0] + [UInt8](repeating: 0, count: size - 1) }
      )
    })
}

extension Scratch {
  func write(_ path: String, _ data: Data) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }
}
