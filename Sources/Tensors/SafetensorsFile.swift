package import Foundation
package import Recipes
import Wording

/// A safetensors file whose tensors are read one at a time, so that a large one need not be in memory as a whole.
package final class SafetensorsFile {
  /// Where it is, for messages.
  package let path: String
  /// Its tensors in the order of their data.
  package let entries: [SafetensorsHeader.Entry]
  private let dataStart: Int
  private let descriptor: CInt

  /// Opens `file` and checks its header against its size.
  ///
  /// - Throws: ``TensorError`` naming the file and what is wrong.
  package init(opening file: URL) throws {
    path = file.path
    do throws(FileFault) {
      let (descriptor, size) = try InputFile.open(file.path)
      do throws(FileFault) {
        let header = try SafetensorsHeader(size: size) { count throws(FileFault) in
          Data(try InputFile.bytes(from: 0, count: min(count, size), of: descriptor))
        }
        (self.descriptor, entries, dataStart) = (descriptor, header.entries, header.dataStart)
      } catch {
        close(descriptor)
        throw error
      }
    } catch {
      throw TensorError(error, path: file.path)
    }
  }

  deinit { close(descriptor) }

  /// The tensor of one of ``entries``.
  ///
  /// - Throws: ``TensorError`` naming the file and the tensor: a file that became shorter, bools that are neither 0 nor
  ///   1, integers beyond 64 signed bits.
  package func tensor(_ entry: SafetensorsHeader.Entry) throws -> Tensor {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try InputFile.bytes(
        from: dataStart + entry.range.lowerBound, count: entry.range.count, of: descriptor)
    } catch {
      throw TensorError(error, path: path)
    }
    return try bytes.withUnsafeBytes { try Tensor($0, of: entry, path: path) }
  }

  /// The entry with this name; throws a message that lists those there are.
  package func entry(_ name: String) throws(TensorError) -> SafetensorsHeader.Entry {
    guard let found = entries.first(where: { $0.name == name }) else {
      throw .missing(path: path, tensor: name, present: entries.map(\.name))
    }
    return found
  }
}

extension Tensor {
  /// The tensor of `entry` from its bytes in the file at `path`.
  init(_ data: UnsafeRawBufferPointer, of entry: SafetensorsHeader.Entry, path: String) throws {
    // Any other byte is no value of Swift's Bool or C++'s bool.
    guard entry.type != .bool || data.allSatisfy({ $0 <= 1 }) else {
      throw TensorError.malformed(
        path: path, problem: "tensor '\(entry.name.printable)' has bools that are neither 0 nor 1")
    }
    guard let tensor = try Tensor(stored: data, shape: entry.shape, type: entry.type) else {
      throw TensorError.file(
        path: path,
        problem: "tensor '\(entry.name.printable)' holds numbers above \(Int64.max), which are"
          + " not read")
    }
    self = tensor
  }
}
