import Tensors
import Testing

@Suite struct GatherTests {
  /// Four images of two channels of three pixels: image i holds 10·i … 10·i + 5.
  private let images = (0..<4).flatMap { image in (0..<6).map { UInt8(10 * image + $0) } }

  private func gather(
    _ indices: ArraySlice<Int32>, scale: [Float], shift: [Float], into out: Tensor
  )
    throws
  {
    try images.withUnsafeBufferPointer {
      try out.gather(images: $0, imageBytes: 6, indices: indices, scale: scale, shift: shift)
    }
  }

  @Test func rowsComeInOrderScaledAndShiftedPerChannel() throws {
    let out = try Tensor(repeating: -1, shape: [3, 2, 1, 3])
    try gather([3, 0, 3], scale: [1, 0.5], shift: [0, 100], into: out)
    let last: [Float] = [30, 31, 32, 116.5, 117, 117.5]
    #expect(try out.elements() == last + [0, 1, 2, 101.5, 102, 102.5] + last)
  }

  @Test func oneConstantServesAllChannels() throws {
    let out = try Tensor(repeating: -1, shape: [1, 2, 1, 3])
    try gather([1], scale: [2], shift: [-20], into: out)
    #expect(try out.elements() == [Float(0), 2, 4, 6, 8, 10])
  }

  @Test func slicesBeginWhereTheyBegin() throws {
    let order: [Int32] = [0, 1, 2, 3]
    let out = try Tensor(repeating: -1, shape: [2, 6])
    try gather(order[2..<4], scale: [1], shift: [0], into: out)
    #expect(try out.elements() == (20..<26).map(Float.init) + (30..<36).map(Float.init))
  }

  @Test func partsOfALargerBatchAreFilledInPlace() throws {
    let whole = try Tensor(repeating: -1, shape: [2, 6])
    try gather([0], scale: [1], shift: [0], into: whole.narrowed(0, start: 0, length: 1))
    #expect(try whole.elements() == [Float(0), 1, 2, 3, 4, 5, -1, -1, -1, -1, -1, -1])
  }

  @Test func misfitsAreErrors() throws {
    let out = try Tensor(repeating: 0, shape: [2, 6])
    let double = try Tensor(repeating: 0, shape: [2, 6], type: .float64)
    let error = #expect(throws: TensorError.self) {
      try gather([0, 1, 2], scale: [1], shift: [0], into: out)
    }
    #expect(error?.description.contains("[2, 6] cannot hold 3 images of 6 bytes") == true)
    #expect(throws: TensorError.self) { try gather([0, 1], scale: [1], shift: [0], into: double) }
    #expect(throws: TensorError.self) {
      try gather([0, 1], scale: [1, 1, 1, 1], shift: [0, 0, 0, 0], into: out)
    }
    #expect(throws: TensorError.self) { try gather([0, 1], scale: [], shift: [], into: out) }
  }

  @Test(arguments: [Int32(4), -1])
  func imagesThatAreNotThereAreErrors(index: Int32) throws {
    let out = try Tensor(repeating: 0, shape: [2, 6])
    #expect(throws: TensorError.self) {
      try gather([0, index], scale: [1], shift: [0], into: out)
    }
  }
}

@Suite struct GatherValuesTests {
  /// Bytes as numbers: whatever is gathered of one must be gathered of the other.
  private let bytes = (0..<180).map { (place: Int) -> UInt8 in UInt8(place * 7 % 256) }

  @Test(arguments: [false, true], [ElementType.float32, .bfloat16])
  func numbersAreGatheredAsBytesAre(_ channelsLast: Bool, _ type: ElementType) throws {
    let windows = [
      ImageWindow(top: 0, left: 0, flips: true), ImageWindow(top: -1, left: 2, flips: false),
      ImageWindow(top: 3, left: -4, flips: true),
    ]
    let (scale, shift): ([Float], [Float]) = ([0.5, 2, -1], [1, 0, 3])
    for windows in [nil, windows[...]] {
      let one = try Tensor.imageBatch(
        shape: [3, 3, 4, 5], type: type, channelsLast: channelsLast)
      let other = try Tensor.imageBatch(
        shape: [3, 3, 4, 5], type: type, channelsLast: channelsLast)
      try bytes.withUnsafeBufferPointer {
        try one.gather(
          images: $0, imageBytes: 60, indices: [2, 0, 1], scale: scale, shift: shift,
          windows: windows)
      }
      try bytes.map(Float.init).withUnsafeBufferPointer {
        try other.gather(
          values: $0, size: 60, indices: [2, 0, 1], scale: scale, shift: shift, windows: windows)
      }
      let (expected, found) = (
        try one.converted(to: .float32).elements(of: Float.self),
        try other.converted(to: .float32).elements(of: Float.self)
      )
      #expect(expected == found)
      #expect(Set(expected).count > 20)
    }
  }

  @Test func misfitsAreErrors() throws {
    let out = try Tensor(repeating: 0, shape: [2, 6])
    [Float](repeating: 0, count: 12).withUnsafeBufferPointer { values in
      #expect(throws: TensorError.self) {
        try out.gather(values: values, size: 6, indices: [0, 2], scale: [1], shift: [0])
      }
      #expect(throws: TensorError.self) {
        try out.gather(values: values, size: 6, indices: [0, 1, 0], scale: [1], shift: [0])
      }
    }
  }
}
