import Foundation
import Tensors
import Testing

/// Damage to every bit and every length of a small file: an error, or tensors that can be read.
@Suite struct SafetensorsFuzzTests {
  private func withSound(_ body: (Data, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      try Safetensors.write(
        [
          ("w", try Tensor([Float(1), 2], shape: [1, 2])),
          ("b", try Tensor([true, false, true], shape: [3])),
          ("h", try Tensor(repeating: 1, shape: [1], type: .float16)),
        ], to: file, metadata: ["k": "v"])
      try body(try Data(contentsOf: file), file)
    }
  }

  /// Whether `contents` is refused; reads every tensor where it is not.
  private func isRefused(_ contents: Data, at file: URL) throws -> Bool {
    try contents.write(to: file)
    let read: Safetensors
    do {
      read = try Safetensors(readingFrom: file)
    } catch is TensorError {
      #expect(throws: TensorError.self) { try pieces(of: file) }
      return true
    }
    for ((name, piece), whole) in zip(try pieces(of: file), read.tensors) {
      let same = try name == whole.name && piece.bytes == whole.tensor.bytes
      #expect(same, "tensor by tensor a file is the same")
    }
    for (_, tensor) in read.tensors {
      let bytes = try tensor.bytes
      #expect(bytes.count == tensor.shape.reduce(1, *) * (try tensor.type).size)
      // A Bool of any other byte is no value of Swift's.
      if try tensor.type == .bool { #expect(bytes.allSatisfy { $0 <= 1 }) }
    }
    return false
  }

  /// The same file's tensors, read one at a time.
  private func pieces(of file: URL) throws -> [(name: String, tensor: Tensor)] {
    let file = try SafetensorsFile(opening: file)
    return try file.entries.map { ($0.name, try file.tensor($0)) }
  }

  @Test func aSoundFileIsNotRefused() throws {
    try withSound { contents, file in
      let refused = try isRefused(contents, at: file)
      #expect(!refused)
    }
  }

  @Test func everyFlippedBitIsRefusedOrHarmless() throws {
    try withSound { contents, file in
      var refused = 0
      for position in contents.indices {
        for bit in 0..<8 {
          var damaged = contents
          damaged[position] ^= 1 << bit
          if try isRefused(damaged, at: file) { refused += 1 }
        }
      }
      // Of flips in names, metadata and data most pass; of the others most cannot.
      #expect(refused > 4 * contents.count && refused < 8 * contents.count)
    }
  }

  @Test func everyTruncationIsRefused() throws {
    try withSound { contents, file in
      for length in 0..<contents.count {
        let refused = try isRefused(contents.prefix(length), at: file)
        #expect(refused, "\(length) bytes")
      }
      let refused = try isRefused(contents + [0], at: file)
      #expect(refused)
    }
  }
}
