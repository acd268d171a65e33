import Foundation
import Tensors

/// A file of `Resources`, written by `program.py`.
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

  /// The bytes of its elements, row-major.
  var bytes: [UInt8] {
    get throws { try inOrder().withBytes { Array($0) } }
  }
}
