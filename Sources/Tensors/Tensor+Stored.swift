import Recipes

extension Tensor {
  /// A tensor from bytes as a safetensors file has them; `nil` where a number is beyond 64 signed bits.
  ///
  /// Integers of types that ``ElementType`` lacks become `I64`.
  init?(stored bytes: UnsafeRawBufferPointer, shape: [Int], type: StoredType) throws {
    let widened: [Int64]?
    switch type {
    case .float64, .float32, .float16, .bfloat16, .int64, .uint8, .bool:
      self = try Tensor(bytes: bytes, shape: shape, type: ElementType(rawValue: type.rawValue)!)
      return
    case .int8: widened = Self.widened(Int8.self, bytes)
    case .int16: widened = Self.widened(Int16.self, bytes)
    case .int32: widened = Self.widened(Int32.self, bytes)
    case .uint16: widened = Self.widened(UInt16.self, bytes)
    case .uint32: widened = Self.widened(UInt32.self, bytes)
    case .uint64: widened = Self.widened(UInt64.self, bytes)
    }
    guard let widened else { return nil }
    self = try Tensor(widened, shape: shape)
  }

  private static func widened<Stored: FixedWidthInteger>(
    _: Stored.Type, _ bytes: UnsafeRawBufferPointer
  ) -> [Int64]? {
    var widened: [Int64] = []
    let size = MemoryLayout<Stored>.size
    widened.reserveCapacity(bytes.count / size)
    for offset in stride(from: 0, to: bytes.count, by: size) {
      let number = Stored(
        littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Stored.self))
      guard let wide = Int64(exactly: number) else { return nil }
      widened.append(wide)
    }
    return widened
  }
}
