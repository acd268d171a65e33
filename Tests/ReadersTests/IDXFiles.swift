import Foundation
import Readers
import Recipes

/// The bytes of an IDX file of bytes.
func idx(_ extents: [Int], _ elements: [UInt8], type: UInt8 = 0x08) -> [UInt8] {
  [0, 0, type, UInt8(extents.count)]
    + extents.flatMap { extent in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) } }
    + elements
}

/// The bytes of a gzip file that holds `contents` in one stored block (RFC 1951, 1952).
func gzipped(_ contents: [UInt8]) -> [UInt8] {
  precondition(contents.count < 1 << 16, "one stored block holds less than 65,536 bytes")
  func little(_ value: UInt32, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  var remainder = UInt32.max
  for byte in contents {
    remainder ^= UInt32(byte)
    for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 0 ? 0 : 0xEDB8_8320) }
  }
  let count = UInt32(contents.count)
  return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + little(count, 2) + little(~count, 2) + contents
    + little(~remainder, 4) + little(count, 4)
}

/// Files in MNIST's format with one example in each part.
struct MNISTFiles {
  var trainingImages = idx([1, 28, 28], (0..<784).map { UInt8(truncatingIfNeeded: $0) })
  var trainingLabels = idx([1], [7])
  var testImages = idx([1, 28, 28], [UInt8](repeating: 5, count: 784))
  var testLabels = idx([1], [3])

  /// What reading these files ends with: a sound training part of one image is told by
  /// ``isSound``, since MNIST has 60,000.
  func error() throws -> DatasetError? {
    let source = DatasetSource(.mnist)
    let contents = [trainingImages, trainingLabels, testImages, testLabels]
    return try withTemporaryFolder { folder in
      var paths: [String: String] = [:]
      for (name, bytes) in zip(source.files, contents) {
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        paths[name] = file.path
      }
      let specification = specification(source, digests: contents.map { sha256($0) })
      do throws(any Error) {
        _ = try DatasetParts(reading: specification, paths: paths)
        return nil
      } catch let error as DatasetError {
        return error
      }
    }
  }

  /// The problem of a malformed file, and which of the files it is.
  func problem() throws -> String? {
    guard case .malformed(let file, let problem) = try error() else { return nil }
    return URL(fileURLWithPath: file).lastPathComponent + ": " + problem
  }

  /// What ``problem()`` says of files without fault.
  static let sound = "train-images-idx3-ubyte: holds 1 images, not 60000"
}
