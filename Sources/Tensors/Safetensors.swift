package import Foundation
package import Recipes
import Wording

/// Named tensors of a safetensors file, in the order of their data.
package struct Safetensors {
  /// Names and tensors.
  package let tensors: [(name: String, tensor: Tensor)]
  /// Free text that the file carries.
  package let metadata: [String: String]
  /// The types of elements that the file has, in the order of ``tensors``: integers that libtorch does not
  /// compute with, or that few files have, become 64 bits wide there.
  package let types: [StoredType]
  /// Where it was read, for messages.
  package let path: String

  /// Reads `file`.
  ///
  /// - Throws: ``TensorError`` naming the file and what is wrong; nothing is allocated for tensors
  ///   before the whole header is known to be sound.
  package init(readingFrom file: URL) throws {
    let (contents, header): (Data, SafetensorsHeader)
    do throws(FileFault) {
      contents = try InputFile.contents(of: file.path)
      header = try SafetensorsHeader(file: contents)
    } catch {
      throw TensorError(error, path: file.path)
    }
    path = file.path
    metadata = header.metadata
    types = header.entries.map(\.type)
    tensors = try contents.withUnsafeBytes { bytes in
      try header.entries.map { entry in
        let data = UnsafeRawBufferPointer(
          rebasing: bytes[
            (header.dataStart + entry.range.lowerBound)..<(header.dataStart + entry.range.upperBound)
          ])
        return (entry.name, try Tensor(data, of: entry, path: file.path))
      }
    }
  }

  private init(
    tensors: [(name: String, tensor: Tensor)], metadata: [String: String], types: [StoredType],
    path: String
  ) {
    (self.tensors, self.metadata, self.types, self.path) = (tensors, metadata, types, path)
  }

  /// The same tensors under the names that `names` has for theirs; others keep theirs.
  package func renamed(_ names: [String: String]) -> Safetensors {
    Safetensors(
      tensors: tensors.map { (names[$0.name] ?? $0.name, $0.tensor) }, metadata: metadata,
      types: types, path: path)
  }

  /// The tensor with this name; throws a message that lists those there are.
  package func tensor(_ name: String) throws(TensorError) -> Tensor {
    guard let found = tensors.first(where: { $0.name == name }) else {
      throw .missing(path: path, tensor: name, present: tensors.map(\.name))
    }
    return found.tensor
  }

  /// The type that the file has for the tensor with this name.
  package func type(_ name: String) throws(TensorError) -> StoredType {
    guard let index = tensors.firstIndex(where: { $0.name == name }) else {
      throw .missing(path: path, tensor: name, present: tensors.map(\.name))
    }
    return types[index]
  }

  /// Writes `tensors` in their order to `file`, whole or not at all.
  package static func write(
    _ tensors: [(name: String, tensor: Tensor)], to file: URL, metadata: [String: String] = [:]
  ) throws {
    let contents = try encode(tensors, metadata: metadata)
    do {
      try contents.write(to: file, options: .atomic)
    } catch {
      throw TensorError.file(
        path: file.path, problem: "cannot be written (\(SystemReason.words(error)))")
    }
  }

  /// The bytes of a safetensors file with `tensors` in their order.
  static func encode(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String]
  ) throws -> Data {
    var (header, end) = ("{", 0)
    if !metadata.isEmpty {
      header += "\"__metadata__\":" + (try json(metadata)) + ","
    }
    var names: Set = ["__metadata__"]
    for (name, tensor) in tensors {
      guard names.insert(name).inserted else {
        throw TensorError.operation(
          "a second tensor called '\(name.printable)' has no place in a file")
      }
      let start = end
      end += tensor.count * (try tensor.type).size
      let entry = Entry(
        dtype: try tensor.type.rawValue, shape: tensor.shape, data_offsets: [start, end])
      header += (try json(name)) + ":" + (try json(entry)) + ","
    }
    header = (header.hasSuffix(",") ? String(header.dropLast()) : header) + "}"
    // Data begins at a multiple of eight, so that readers may map it.
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var contents = Data(capacity: 8 + header.utf8.count + end)
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { contents.append(contentsOf: $0) }
    contents.append(contentsOf: header.utf8)
    for (_, tensor) in tensors {
      try tensor.inOrder().withBytes { contents.append(contentsOf: $0) }
    }
    return contents
  }

  private struct Entry: Encodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
