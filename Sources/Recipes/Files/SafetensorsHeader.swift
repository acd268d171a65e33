package import Foundation
import Wording

/// The header of a safetensors file, checked against the file's size before any tensor exists.
///
/// A file is an unsigned 64-bit little-endian header length, that many bytes of JSON, then the data.
/// Reference: the format description of the safetensors library, version 0.4.
package struct SafetensorsHeader {
  /// One tensor's entry.
  package struct Entry: Hashable, Sendable {
    /// Name.
    package let name: String
    /// Element type.
    package let type: StoredType
    /// Extents.
    package let shape: [Int]
    /// Bytes of the data section.
    package let range: Range<Int>
  }

  /// Largest header the format allows.
  static let largestHeader = 100_000_000

  /// Entries in the order of their data.
  package let entries: [Entry]
  /// Free text that the file carries.
  package let metadata: [String: String]
  /// Where the data section begins in the file.
  package let dataStart: Int

  /// Reads and checks the header of `file`, the bytes of a whole file.
  package init(file: Data) throws(FileFault) {
    try self.init(size: file.count) { file.prefix($0) }
  }

  /// Reads and checks the header of a file of `size` bytes of which `head` gives as many of the first as are asked
  /// for, or all where it has fewer.
  package init(size: Int, head: (Int) throws(FileFault) -> Data) throws(FileFault) {
    do {
      try self.init(soundOf: size, head)
    } catch {
      throw ForeignFormat(head: try head(4096)).map(FileFault.foreign) ?? error
    }
  }

  private init(
    soundOf size: Int, _ head: (Int) throws(FileFault) -> Data
  ) throws(FileFault) {
    guard size >= 8 else {
      throw .malformed("it has \(size) bytes and the header's length alone takes 8")
    }
    let length = try head(8).enumerated().reduce(UInt64(0)) { $0 | UInt64($1.1) << (8 * $1.0) }
    guard length <= UInt64(Self.largestHeader) else {
      throw .malformed("it states a header of \(length) bytes; the format allows 100,000,000")
    }
    guard UInt64(size - 8) >= length else {
      throw .malformed("it states a header of \(length) bytes and ends after \(size - 8)")
    }
    dataStart = 8 + Int(length)
    let json = Data(try head(dataStart).dropFirst(8))
    let decoded: Decoded
    do {
      decoded = try JSONDecoder().decode(Decoded.self, from: json)
    } catch {
      throw .malformed("its header is not a JSON object of tensors (\(Self.reason(of: error)))")
    }
    metadata = decoded.metadata
    entries = try Self.checked(decoded.tensors, dataBytes: size - dataStart)
  }

  private static func checked(
    _ tensors: [String: Decoded.Tensor], dataBytes: Int
  ) throws(FileFault) -> [Entry] {
    var entries: [Entry] = []
    for (name, tensor) in tensors {
      func malformed(_ problem: String) -> FileFault {
        .malformed("tensor '\(name.printable)' \(problem)")
      }
      guard let type = StoredType(rawValue: tensor.dtype) else {
        if StoredType.unsupported.contains(tensor.dtype) {
          throw .unsupported(tensor: name, type: tensor.dtype)
        }
        let known = StoredType.allCases.map(\.rawValue).joined(separator: ", ")
        throw malformed(
          "has elements of type \(tensor.dtype.printable); known are \(known)")
      }
      guard tensor.data_offsets.count == 2, tensor.data_offsets[0] >= 0,
        tensor.data_offsets[1] >= tensor.data_offsets[0]
      else { throw malformed("has data offsets \(tensor.data_offsets)") }
      let range = tensor.data_offsets[0]..<tensor.data_offsets[1]
      var bytes = type.size
      for extent in tensor.shape {
        let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
        guard extent >= 0, !overflow else { throw malformed("has shape \(tensor.shape)") }
        bytes = product
      }
      guard bytes == range.count else {
        throw malformed("of shape \(tensor.shape) takes \(bytes) bytes, not \(range.count)")
      }
      guard range.upperBound <= dataBytes else {
        throw malformed(
          "ends at byte \(range.upperBound) of the data and the file has \(dataBytes): truncated")
      }
      entries.append(Entry(name: name, type: type, shape: tensor.shape, range: range))
    }
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.name)
        < ($1.range.lowerBound, $1.range.upperBound, $1.name)
    }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw .malformed(
          "tensor '\(entry.name.printable)' starts at byte \(entry.range.lowerBound) of the data, "
            + "the one before it ends at \(end)")
      }
      end = entry.range.upperBound
    }
    guard end == dataBytes else {
      throw .malformed("\(dataBytes - end) bytes of data belong to no tensor")
    }
    return entries
  }

  private static func reason(of error: any Error) -> String {
    func words(_ path: [any CodingKey], _ wrong: String) -> String {
      guard let tensor = path.first else { return "it is none" }
      let field = path.dropFirst().first.map { "the \($0.stringValue) of " } ?? ""
      return "\(field)'\(tensor.stringValue.printable)' \(wrong)"
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return words(context.codingPath, "has no \(key.stringValue)")
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      return words(context.codingPath, "is of another type")
    case DecodingError.dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it is no JSON" : words(context.codingPath, "is no whole number in range")
    default: return "it is no JSON"
    }
  }

  /// The header's JSON: tensors by name beside `__metadata__`.
  private struct Decoded: Decodable {
    struct Tensor: Decodable {
      let dtype: String
      let shape: [Int]
      let data_offsets: [Int]
    }

    let tensors: [String: Tensor]
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: NameKey.self)
      var (tensors, metadata): ([String: Tensor], [String: String]) = ([:], [:])
      for name in container.allKeys {
        if name.stringValue == "__metadata__" {
          metadata = try container.decode([String: String].self, forKey: name)
        } else {
          tensors[name.stringValue] = try container.decode(Tensor.self, forKey: name)
        }
      }
      (self.tensors, self.metadata) = (tensors, metadata)
    }
  }
}
