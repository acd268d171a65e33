package import CTorch

/// The type of a tensor's elements.
package enum ElementType: String, Hashable, Sendable, CaseIterable {
  case float32 = "F32"
  case float64 = "F64"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int64 = "I64"
  case uint8 = "U8"
  case bool = "BOOL"

  /// Bytes per element.
  package var size: Int {
    switch self {
    case .float64, .int64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    case .uint8, .bool: 1
    }
  }

  var code: ct_dtype {
    switch self {
    case .float32: CT_FLOAT32
    case .float64: CT_FLOAT64
    case .float16: CT_FLOAT16
    case .bfloat16: CT_BFLOAT16
    case .int64: CT_INT64
    case .uint8: CT_UINT8
    case .bool: CT_BOOL
    }
  }

  init(code: ct_dtype) {
    switch code {
    case CT_FLOAT32: self = .float32
    case CT_FLOAT64: self = .float64
    case CT_FLOAT16: self = .float16
    case CT_BFLOAT16: self = .bfloat16
    case CT_INT64: self = .int64
    case CT_UINT8: self = .uint8
    default: self = .bool
    }
  }
}

/// A Swift type whose values are stored in tensors as they are.
package protocol TensorElement: BitwiseCopyable {
  /// The element type that stores this Swift type.
  static var elementType: ElementType { get }
}

extension Float: TensorElement {
  /// Stored as `F32`.
  package static var elementType: ElementType { .float32 }
}
extension Double: TensorElement {
  /// Stored as `F64`.
  package static var elementType: ElementType { .float64 }
}
extension Int64: TensorElement {
  /// Stored as `I64`.
  package static var elementType: ElementType { .int64 }
}
extension UInt8: TensorElement {
  /// Stored as `U8`.
  package static var elementType: ElementType { .uint8 }
}
extension Bool: TensorElement {
  /// Stored as `BOOL`.
  package static var elementType: ElementType { .bool }
}

/// A dense array of numbers that libtorch computes with, row-major but where another layout is asked for.
///
/// A value by use: operations return new tensors. Only the fused steps of training and
/// ``withMutableElements(of:_:)`` write in place, into tensors their caller owns alone. Not `Sendable`:
/// a tensor stays on the thread that made it.
package struct Tensor {
  /// Owns the C handle.
  package final class Handle {
    /// What functions of the C interfaces take.
    package let pointer: ct_tensor

    init(_ pointer: ct_tensor) { self.pointer = pointer }

    deinit { ct_free(pointer) }
  }

  /// The C handle, for rooms with C functions of their own.
  package let handle: Handle

  /// Takes ownership of the handle that `body` writes.
  package init(
    _ body: (UnsafeMutablePointer<ct_tensor?>, UnsafeMutablePointer<ct_error>) -> CInt
  ) throws(TensorError) {
    var pointer: ct_tensor?
    try check { body(&pointer, $0) }
    handle = Handle(pointer!)
  }

  init(owning pointer: ct_tensor) { handle = Handle(pointer) }

  /// A tensor of `shape` with every element equal to `value`.
  package init(repeating value: Double, shape: [Int], type: ElementType = .float32)
    throws(TensorError)
  {
    let extents = shape.map(Int64.init)
    try self.init { ct_full($0, type.code, extents, extents.count, value, $1) }
  }

  /// A tensor of `shape` from row-major `elements`; throws where the counts differ.
  package init<Element: TensorElement>(_ elements: [Element], shape: [Int]) throws(TensorError) {
    let extents = shape.map(Int64.init)
    try self.init { out, error in
      elements.withUnsafeBytes { bytes in
        ct_from_bytes(
          out, Element.elementType.code, extents, extents.count, bytes.baseAddress, bytes.count,
          error)
      }
    }
  }

  /// A tensor of `shape` from the bytes of row-major elements; throws where the counts differ.
  package init(bytes: UnsafeRawBufferPointer, shape: [Int], type: ElementType)
    throws(TensorError)
  {
    let extents = shape.map(Int64.init)
    try self.init {
      ct_from_bytes($0, type.code, extents, extents.count, bytes.baseAddress, bytes.count, $1)
    }
  }
}

extension Tensor {
  /// Extents, outermost first.
  package var shape: [Int] {
    (0..<ct_dimensions(handle.pointer)).map { Int(ct_extent(handle.pointer, $0)) }
  }

  /// Number of elements.
  package var count: Int { Int(ct_count(handle.pointer)) }

  /// Type of the elements.
  package var type: ElementType {
    get throws(TensorError) {
      var code = CT_FLOAT32
      try check { ct_get_dtype(&code, handle.pointer, $0) }
      return ElementType(code: code)
    }
  }

  /// The value of a tensor with one element.
  package var item: Double {
    get throws(TensorError) {
      var value = 0.0
      try check { ct_item(&value, handle.pointer, $0) }
      return value
    }
  }

  /// The elements in row-major order; throws where they are not of type `Element`.
  package func elements<Element: TensorElement>(of type: Element.Type = Element.self)
    throws(TensorError) -> [Element]
  {
    try require(Element.elementType)
    let source = try inOrder()
    let start = try source.rowMajorStart()
    guard let start, count > 0 else { return [] }
    return withExtendedLifetime(source) {
      Array(UnsafeBufferPointer(start: start.assumingMemoryBound(to: Element.self), count: count))
    }
  }

  /// Calls `body` with the elements in row-major order, in place where the tensor is contiguous; throws
  /// where they are not of type `Element`.
  package func withElements<Element: TensorElement, Result>(
    of elementType: Element.Type = Element.self,
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) throws -> Result {
    try inOrder().withMutableElements(of: Element.self) { try body(UnsafeBufferPointer($0)) }
  }

  /// Calls `body` with the bytes of a contiguous tensor in place.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result
  {
    let start = try rowMajorStart()
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: start, count: count * (try type).size))
  }

  /// Calls `body` with the elements of a contiguous tensor in place, for writing.
  ///
  /// The caller must own the tensor alone: every value that shares its memory sees the writes.
  package func withMutableElements<Element: TensorElement, Result>(
    of elementType: Element.Type = Element.self,
    _ body: (UnsafeMutableBufferPointer<Element>) throws -> Result
  ) throws -> Result {
    try require(Element.elementType)
    let start = try rowMajorStart()
    defer { withExtendedLifetime(self) {} }
    return try body(
      UnsafeMutableBufferPointer(start: start?.assumingMemoryBound(to: Element.self), count: count))
  }

  /// A contiguous copy that shares nothing with this tensor and is outside of every graph.
  package func copy() throws(TensorError) -> Tensor {
    try Tensor { ct_copy($0, handle.pointer, $1) }
  }

  /// The same elements channels-last where there are four dimensions, as programs compute with them; this
  /// tensor itself where they lie so already.
  package func channelsLast() throws(TensorError) -> Tensor {
    try Tensor { ct_channels_last($0, handle.pointer, $1) }
  }

  /// The same memory outside of every graph.
  package func detached() throws(TensorError) -> Tensor {
    try Tensor { ct_detach($0, handle.pointer, $1) }
  }

  /// The elements converted to `type`.
  package func converted(to type: ElementType) throws(TensorError) -> Tensor {
    try Tensor { ct_to($0, handle.pointer, type.code, $1) }
  }

  /// The same elements contiguous in this computer's memory: this tensor itself where they are.
  package func inOrder() throws(TensorError) -> Tensor {
    isRowMajor ? self : try moved(to: .cpu).copy()
  }
}
