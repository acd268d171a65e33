import Foundation
@testable import Recipes
import Testing

@Suite struct StoredTypeTests {
  /// The little-endian bytes of numbers.
  private func bytes<Number>(_ numbers: [Number]) -> [UInt8] {
    numbers.withUnsafeBytes { Array($0) }
  }

  private func numbers(_ numbers: [Int], of type: StoredType) -> [UInt8] {
    switch type {
    case .float64: bytes(numbers.map(Double.init))
    case .float32: bytes(numbers.map(Float.init))
    case .float16:
      bytes(numbers.map { [0: UInt16(0), 1: 0x3C00, 2: 0x4000, -1: 0xBC00][$0]! })
    case .bfloat16: bytes(numbers.map { UInt16(Float($0).bitPattern >> 16) })
    case .int64: bytes(numbers.map { Int64($0) })
    case .int32: bytes(numbers.map { Int32($0) })
    case .int16: bytes(numbers.map { Int16($0) })
    case .int8: bytes(numbers.map { Int8($0) })
    case .uint64: bytes(numbers.map { UInt64(bitPattern: Int64($0)) })
    case .uint32: bytes(numbers.map { UInt32(truncatingIfNeeded: $0) })
    case .uint16: bytes(numbers.map { UInt16(truncatingIfNeeded: $0) })
    case .uint8, .bool: bytes(numbers.map { UInt8(truncatingIfNeeded: $0) })
    }
  }

  private func ones(_ bytes: [UInt8], _ type: StoredType) -> Result<Int, StoredType.Other> {
    bytes.withUnsafeBytes { type.ones(in: $0) }
  }

  @Test(arguments: StoredType.allCases)
  func onesAreCountedAndOthersFound(type: StoredType) {
    #expect(ones(numbers([0, 1, 1, 0, 1], of: type), type) == .success(3))
    #expect(ones([], type) == .success(0))
    for other in [2, -1] {
      let found = ones(numbers([0, 1, other, 1], of: type), type)
      #expect(found == .failure(StoredType.Other(index: 2)), "\(other)")
    }
    #expect(numbers([1, 1], of: type).count == 2 * type.size)
  }

  @Test func aNegativeZeroIsZeroAmongFloatsOnly() {
    #expect(ones(bytes([-0.0, 1.0]), .float64) == .success(1))
    #expect(ones(bytes([Float(-0.0), 1]), .float32) == .success(1))
    #expect(ones(bytes([UInt16(0x8000), 0x3C00]), .float16) == .success(1))
    #expect(ones(bytes([Int8.min]), .int8) == .failure(StoredType.Other(index: 0)))
    #expect(ones(bytes([Double.nan]), .float64) == .failure(StoredType.Other(index: 0)))
  }
}
