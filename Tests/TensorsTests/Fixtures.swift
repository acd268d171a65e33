import Foundation
import Tensors

/// Runs `body` with a new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("espalier-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// A file of `Resources`, written by `Tests/TrainingTests/reference.py`.
func resource(_ name: String) throws -> URL {
  guard let url = Bundle.module.url(forResource: name, withExtension: "safetensors") else {
    throw TensorError.file(path: name, problem: "is no resource of the tests")
  }
  return url
}

/// Largest absolute difference; infinite where the counts differ.
func distance<Number: BinaryFloatingPoint>(_ a: [Number], _ b: [Number]) -> Number {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

extension Tensor {
  /// The elements of a tensor of any type as float64.
  var values: [Double] {
    get throws { try converted(to: .float64).elements() }
  }

  /// The bytes of a contiguous tensor.
  var bytes: [UInt8] {
    get throws { try inOrder().withBytes { Array($0) } }
  }
}
