import Tensors
import Testing

@Suite struct TensorTests {
  @Test(arguments: ElementType.allCases)
  func everyTypeKeepsShapeTypeAndValue(type: ElementType) throws {
    let tensor = try Tensor(repeating: 1, shape: [2, 1, 3], type: type)
    #expect(try tensor.type == type)
    #expect(tensor.shape == [2, 1, 3])
    #expect(tensor.count == 6)
    #expect(try tensor.values == [1, 1, 1, 1, 1, 1])
    #expect(try tensor.bytes.count == 6 * type.size)
  }

  @Test(arguments: ElementType.allCases)
  func bytesGoInAndComeOut(type: ElementType) throws {
    let bytes = (0..<(4 * type.size)).map { UInt8($0 % 2) }
    let tensor = try bytes.withUnsafeBytes { try Tensor(bytes: $0, shape: [4], type: type) }
    #expect(try tensor.type == type)
    #expect(try tensor.bytes == bytes)
  }

  private func comesBack<Element: TensorElement & Equatable>(_ elements: [Element]) throws {
    let tensor = try Tensor(elements, shape: [elements.count, 1])
    #expect(try tensor.type == Element.elementType)
    #expect(try tensor.elements(of: Element.self) == elements)
  }

  @Test func elementsOfSwiftTypesComeBack() throws {
    try comesBack([Float.pi, -0.0, .infinity, .leastNonzeroMagnitude, -.greatestFiniteMagnitude])
    try comesBack([Double.pi, -0.0, -.infinity, .leastNonzeroMagnitude])
    try comesBack([Int64.min, -1, 0, .max])
    try comesBack([UInt8](0...255))
    try comesBack([true, false, false, true])
    try comesBack([Float]())
  }

  @Test func halvesAreTheFormatsOfIEEEAndBrain() throws {
    for (type, one) in [(ElementType.float16, UInt16(0x3C00)), (.bfloat16, 0x3F80)] {
      let tensor = try [one, one | 0x8000].withUnsafeBytes {
        try Tensor(bytes: $0, shape: [2], type: type)
      }
      #expect(try tensor.values == [1, -1])
    }
  }

  @Test func conversionsRoundAsTheirTypesDo() throws {
    let tensor = try Tensor([0.1, -2.7, 3], shape: [3])
    #expect(try tensor.converted(to: .float32).elements() == [Float(0.1), -2.7, 3])
    #expect(try tensor.converted(to: .int64).elements() == [Int64(0), -2, 3])
    #expect(try tensor.converted(to: .bool).elements() == [true, true, true])
    #expect(try tensor.converted(to: .bfloat16).values == [0.10009765625, -2.703125, 3])
  }

  @Test func scalarsAndEmptyTensorsAreTensors() throws {
    let scalar = try Tensor([Float(2.5)], shape: [])
    #expect(scalar.shape.isEmpty && scalar.count == 1)
    #expect(try scalar.item == 2.5)
    let empty = try Tensor([Double](), shape: [3, 0])
    #expect(empty.shape == [3, 0] && empty.count == 0)
    #expect(try empty.elements(of: Double.self) == [])
    #expect(try empty.bytes == [])
  }

  @Test func copiesShareNothingAndDetachedTensorsShareMemory() throws {
    let tensor = try Tensor([Float(1), 2], shape: [2])
    let (copy, detached) = (try tensor.copy(), try tensor.detached())
    try tensor.withMutableElements(of: Float.self) { $0[0] = 7 }
    #expect(try copy.elements() == [Float(1), 2])
    #expect(try detached.elements() == [Float(7), 2])
  }

  @Test func wrongCountsAreErrorsThatNameBoth() throws {
    let error = #expect(throws: TensorError.self) { try Tensor([Float(1)], shape: [1, 2]) }
    #expect(error?.description.contains("of shape [1, 2] takes 8 bytes, not 4") == true)
    let bytes = #expect(throws: TensorError.self) {
      try [UInt8(1)].withUnsafeBytes { try Tensor(bytes: $0, shape: [2], type: .bool) }
    }
    #expect(bytes?.description.contains("takes 2 bytes, not 1") == true)
    #expect(throws: TensorError.self) { try Tensor([Float](), shape: [-1]) }
  }

  @Test func wrongTypesAreErrorsThatNameBoth() throws {
    let tensor = try Tensor([Int64(1)], shape: [1])
    #expect(throws: TensorError.operation("elements are I64, not F32")) {
      try tensor.elements(of: Float.self)
    }
    #expect(throws: TensorError.operation("elements are I64, not U8")) {
      try tensor.withMutableElements(of: UInt8.self) { $0[0] = 1 }
    }
  }

  @Test func onlyOneElementIsAnItem() throws {
    #expect(try Tensor([Int64(-5)], shape: [1, 1]).item == -5)
    #expect(throws: TensorError.self) { try Tensor(repeating: 0, shape: [2]).item }
    #expect(throws: TensorError.self) { try Tensor(repeating: 0, shape: [0]).item }
  }

  @Test func elementsAreReadInPlaceOrInRowMajorOrder() throws {
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    let inPlace = try tensor.withElements(of: Float.self) { Array($0) }
    #expect(inPlace == [1, 2, 3, 4, 5, 6])
    let transposed = try tensor.transposed().withElements(of: Float.self) { Array($0) }
    #expect(transposed == [1, 4, 2, 5, 3, 6])
    #expect(throws: TensorError.self) { try tensor.withElements(of: Double.self) { $0.count } }
  }

  @Test func memoryOfATransposedTensorIsNotReadInPlace() throws {
    let tensor = try Tensor([Float(1), 2, 3, 4, 5, 6], shape: [2, 3]).transposed()
    let error = #expect(throws: TensorError.self) { try tensor.withBytes { $0.count } }
    #expect(error?.description.contains("contiguous") == true)
    #expect(try tensor.elements() == [Float(1), 4, 2, 5, 3, 6])
    #expect(try tensor.copy().withBytes { $0.count } == 24)
  }
}
