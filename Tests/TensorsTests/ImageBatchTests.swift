import Tensors
import Testing

@Suite struct ImageBatchTests {
  private static let (channels, height, width) = (3, 7, 19)
  private static let area = height * width
  private static let images = (0..<(4 * channels * area)).map {
    UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7)
  }
  private static let scale: [Float] = [0.017, 0.0175, 0.0174]
  private static let shift: [Float] = [-2.1, -2.03, -1.8]
  private static let windows = [
    ImageWindow(top: 0, left: 0, flips: false), ImageWindow(top: 0, left: 0, flips: true),
    ImageWindow(top: -2, left: 3, flips: false), ImageWindow(top: 4, left: -4, flips: true),
    ImageWindow(top: 6, left: 18, flips: true), ImageWindow(top: -7, left: 0, flips: false),
    ImageWindow(top: 0, left: 19, flips: false), ImageWindow(top: 100, left: -100, flips: true),
  ]
  private static let indices: [Int32] = [3, 0, 2, 2, 1, 0, 3, 1]

  /// Mirror, then crop from a black border, then normalize: one pixel at a time.
  private static func expected(_ windows: [ImageWindow]) -> [Float] {
    var values: [Float] = []
    for (index, window) in zip(indices, windows) {
      for channel in 0..<channels {
        for row in 0..<height {
          for column in 0..<width {
            let (y, x) = (row + window.top, column + window.left)
            var byte: UInt8 = 0
            if (0..<height).contains(y), (0..<width).contains(x) {
              let source = window.flips ? width - 1 - x : x
              byte = images[((Int(index) * channels + channel) * height + y) * width + source]
            }
            values.append(
              (Float(byte) * scale[channel]).addingProduct(1, shift[channel]))
          }
        }
      }
    }
    return values
  }

  private func gather(
    _ type: ElementType, channelsLast: Bool, _ windows: [ImageWindow]?, images: [UInt8] = images
  ) throws -> Tensor {
    let batch = try Tensor.imageBatch(
      shape: [8, Self.channels, Self.height, Self.width], type: type, channelsLast: channelsLast)
    try images.withUnsafeBufferPointer {
      try batch.gather(
        images: $0, imageBytes: Self.channels * Self.area, indices: Self.indices[...],
        scale: Self.scale, shift: Self.shift, windows: windows?[...])
    }
    return batch
  }

  @Test func windowsAreMirroredThenCutFromABlackBorder() throws {
    let batch = try gather(.float32, channelsLast: false, Self.windows)
    // The processor may or may not round between product and sum.
    #expect(distance(try batch.elements(of: Float.self), Self.expected(Self.windows)) < 1e-6)
    let other = Self.windows.map { ImageWindow(top: $0.top, left: $0.left, flips: !$0.flips) }
    #expect(distance(try batch.elements(of: Float.self), Self.expected(other)) > 0.1)
  }

  @Test func withoutWindowsImagesAreWhole() throws {
    let whole = Self.indices.map { _ in Self.windows[0] }
    let batch = try gather(.float32, channelsLast: false, nil)
    #expect(distance(try batch.elements(of: Float.self), Self.expected(whole)) < 1e-6)
    let same = try gather(.float32, channelsLast: false, whole)
    #expect(try same.elements(of: Float.self) == batch.elements(of: Float.self))
  }

  @Test(arguments: [ElementType.float32, .bfloat16], [false, true])
  func everyLayoutAndTypeHoldsTheSameNumbers(type: ElementType, windowed: Bool) throws {
    let windows = windowed ? Self.windows : nil
    let planar = try gather(.float32, channelsLast: false, windows)
    let batch = try gather(type, channelsLast: true, windows)
    #expect(batch.shape == planar.shape)
    #expect(try batch.type == type)
    // Rounding to bfloat16 is libtorch's: to nearest, ties to even.
    #expect(try batch.values == planar.converted(to: type).values)
    #expect(
      try gather(type, channelsLast: false, windows).values == planar.converted(to: type).values)
  }

  @Test func channelsLastMemoryIsFilledWhereItIs() throws {
    let batch = try gather(.float32, channelsLast: true, Self.windows)
    #expect(throws: TensorError.self) { try batch.withBytes { $0.count } }
    let part = try batch.narrowed(0, start: 2, length: 3)
    try Self.images.withUnsafeBufferPointer {
      try part.gather(
        images: $0, imageBytes: Self.channels * Self.area, indices: [1, 1, 1],
        scale: [0, 0, 0], shift: [7, 8, 9])
    }
    let values = try batch.elements(of: Float.self)
    let image = Self.channels * Self.area
    #expect(values[2 * image] == 7 && values[2 * image + Self.area] == 8)
    #expect(values[5 * image - 1] == 9 && values[5 * image] != 7)
  }

  @Test(arguments: [1, 2, 4]) func otherCountsOfChannelsAreInterleavedToo(channels: Int) throws {
    let images = (0..<UInt8(channels * 6)).map { $0 }
    let scale = (0..<channels).map { Float($0 + 1) }
    for type in [ElementType.float32, .bfloat16] {
      let batches = try [false, true].map { channelsLast in
        let batch = try Tensor.imageBatch(
          shape: [1, channels, 2, 3], type: type, channelsLast: channelsLast)
        try images.withUnsafeBufferPointer {
          try batch.gather(
            images: $0, imageBytes: images.count, indices: [0], scale: scale,
            shift: scale.map { -$0 })
        }
        return try batch.values
      }
      #expect(batches[0] == batches[1])
      #expect(
        batches[0]
          == images.enumerated().map { Double($1) * Double($0 / 6 + 1) - Double($0 / 6 + 1) })
    }
  }

  @Test func misfitsAreErrors() throws {
    let images = Self.images
    func error(_ batch: Tensor, windows: Int? = nil, scale: [Float] = Self.scale) -> String? {
      let indices = [Int32](repeating: 0, count: batch.shape[0])
      do {
        try images.withUnsafeBufferPointer {
          try batch.gather(
            images: $0, imageBytes: Self.channels * Self.area, indices: indices[...],
            scale: scale, shift: scale,
            windows: windows.map { Array(repeating: Self.windows[0], count: $0)[...] })
        }
        return nil
      } catch { return "\(error)" }
    }
    let shape = [2, Self.channels, Self.height, Self.width]
    #expect(error(try Tensor.imageBatch(shape: shape)) == nil)
    #expect(
      error(try Tensor.imageBatch(shape: shape, type: .float64))?
        .contains("must be float32 or bfloat16") == true)
    #expect(
      error(try Tensor(repeating: 0, shape: [2, Self.channels * Self.area]), windows: 2)?
        .contains("windows need a batch") == true)
    #expect(
      error(try Tensor.imageBatch(shape: shape, channelsLast: true), scale: [1])?
        .contains("meets constants of 1 channels") == true)
    #expect(
      error(try Tensor.imageBatch(shape: shape).narrowed(3, start: 1, length: 2))?
        .contains("contiguous or channels-last") == true)
  }
}
