/// The type of a tensor's elements in a safetensors file, as its header names it.
package enum StoredType: String, Hashable, Sendable, CaseIterable {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case bool = "BOOL"

  /// Types of the format that are not read.
  static let unsupported = [
    "F8_E4M3", "F8_E5M2", "F8_E8M0", "F6_E2M3", "F6_E3M2", "F4", "C64",
  ]

  /// Bytes per element.
  package var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// The bits of 1; those of 0 are zeros, and with a sign −0 too.
  private var one: UInt64 {
    switch self {
    case .float64: 0x3FF0_0000_0000_0000
    case .float32: 0x3F80_0000
    case .float16: 0x3C00
    case .bfloat16: 0x3F80
    case .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8, .bool: 1
    }
  }

  /// Whether elements are floating-point numbers.
  package var isFloat: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    default: false
    }
  }

  /// How many of the elements in `bytes` are 1, where all are 0 or 1; else the first that is neither.
  package func ones(in bytes: UnsafeRawBufferPointer) -> Result<Int, Other> {
    switch size {
    case 8: ones(UInt64.self, in: bytes)
    case 4: ones(UInt32.self, in: bytes)
    case 2: ones(UInt16.self, in: bytes)
    default: ones(UInt8.self, in: bytes)
    }
  }

  /// The place of an element that is neither 0 nor 1.
  package struct Other: Error, Hashable {
    /// The element's number, from 0.
    package let index: Int
  }

  private func ones<Bits: FixedWidthInteger & UnsignedInteger>(
    _: Bits.Type, in bytes: UnsafeRawBufferPointer
  ) -> Result<Int, Other> {
    let one = Bits(truncatingIfNeeded: one)
    let negativeZero: Bits = isFloat ? 1 << (Bits.bitWidth - 1) : 0
    var count = 0
    for index in 0..<(bytes.count / size) {
      let bits = Bits(
        littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: Bits.self))
      if bits == one {
        count += 1
      } else if bits != 0, bits != negativeZero {
        return .failure(Other(index: index))
      }
    }
    return .success(count)
  }
}
