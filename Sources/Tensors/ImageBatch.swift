import CKernels
import CTorch

/// The part of an image that a batch shows after the image was mirrored, or not: row y and column x of the
/// window are row `y + top` and column `x + left` of it; outside it is black (byte 0).
package struct ImageWindow: Hashable, Sendable {
  /// Rows and columns by which the window is moved down and to the right.
  package let top, left: Int
  /// Whether the image is mirrored left to right first.
  package let flips: Bool

  /// A window.
  package init(top: Int, left: Int, flips: Bool) {
    self.top = top
    self.left = left
    self.flips = flips
  }
}

extension Tensor {
  /// Zeros `[N, C, H, W]` for a batch of images; with `channelsLast` the memory is NHWC and only indexing
  /// is NCHW, so that convolutions in that layout copy nothing.
  package static func imageBatch(
    shape: [Int], type: ElementType = .float32, channelsLast: Bool = false
  ) throws(TensorError) -> Tensor {
    precondition(shape.count == 4, "a batch of images of shape \(shape)")
    let extents = shape.map(Int64.init)
    return try Tensor { ct_image_batch($0, type.code, extents, channelsLast, $1) }
  }

  /// Writes byte images into this `[count, C, H, W]` tensor, float32 or bfloat16, contiguous or
  /// channels-last: `byte · scale[channel] + shift[channel]`, in one pass.
  ///
  /// - Parameters:
  ///   - images: `[images, C, H, W]` bytes.
  ///   - imageBytes: C·H·W.
  ///   - indices: which images, in order.
  ///   - scale: per channel; one value serves all where the memory is contiguous.
  ///   - shift: per channel, as many.
  ///   - windows: what each row shows of its image; `nil` shows the whole of it.
  package func gather(
    images: UnsafeBufferPointer<UInt8>, imageBytes: Int, indices: ArraySlice<Int32>,
    scale: [Float], shift: [Float], windows: ArraySlice<ImageWindow>? = nil
  ) throws(TensorError) {
    let (batch, cuts) = try prepared(
      images.count, imageBytes, indices, scale: scale, shift: shift, windows)
    indices.withUnsafeBufferPointer {
      ck_gather_images(
        batch, images.baseAddress, $0.baseAddress, $0.count, scale, shift, scale.count, cuts)
    }
    withExtendedLifetime(self) {}
  }

  /// Writes examples of `size` floating-point numbers as ``gather(images:imageBytes:indices:scale:shift:windows:)``
  /// writes images of bytes; outside of an image are zeros.
  package func gather(
    values: UnsafeBufferPointer<Float>, size: Int, indices: ArraySlice<Int32>, scale: [Float],
    shift: [Float], windows: ArraySlice<ImageWindow>? = nil
  ) throws(TensorError) {
    let (batch, cuts) = try prepared(
      values.count, size, indices, scale: scale, shift: shift, windows)
    indices.withUnsafeBufferPointer {
      ck_gather_values(
        batch, values.baseAddress, $0.baseAddress, $0.count, scale, shift, scale.count, cuts)
    }
    withExtendedLifetime(self) {}
  }

  /// This tensor's memory and the windows as kernels see them; throws unless everything fits.
  private func prepared(
    _ count: Int, _ size: Int, _ indices: ArraySlice<Int32>, scale: [Float], shift: [Float],
    _ windows: ArraySlice<ImageWindow>?
  ) throws(TensorError) -> (batch: ck_batch, cuts: [ck_window]?) {
    precondition(scale.count == shift.count, "\(scale.count) scales, \(shift.count) shifts")
    precondition(
      windows == nil || windows?.count == indices.count,
      "\(windows?.count ?? 0) windows for \(indices.count) images")
    let batch = try batch(
      ofImages: indices.count, bytes: size, constants: scale.count, windows: windows != nil)
    let range = 0..<Int32(clamping: count / size)
    if let wrong = indices.first(where: { !range.contains($0) }) {
      throw .operation("image \(wrong) of \(range.upperBound)")
    }
    let cuts = windows?.map {
      ck_window(top: Int32($0.top), left: Int32($0.left), flip: $0.flips)
    }
    return (batch, cuts)
  }

  /// This tensor's memory as the kernel sees it.
  private func batch(ofImages rows: Int, bytes: Int, constants: Int, windows: Bool)
    throws(TensorError) -> ck_batch
  {
    let (type, shape) = (try type, shape)
    guard type == .float32 || type == .bfloat16 else {
      throw .operation("a batch must be float32 or bfloat16, not \(type.rawValue)")
    }
    guard let memory else {
      throw .operation("a batch must be on the CPU, contiguous or channels-last")
    }
    guard count == rows * bytes else {
      throw .operation(
        "a batch of shape \(shape) cannot hold \(rows) images of \(bytes) bytes")
    }
    guard constants > 0, bytes % constants == 0 else {
      throw .operation("\(bytes) bytes do not divide into \(constants) channels")
    }
    guard !memory.isChannelsLast || shape[1] == constants else {
      throw .operation("a batch of shape \(shape) meets constants of \(constants) channels")
    }
    guard !windows || shape.count == 4 && shape[0] == rows else {
      throw .operation("windows need a batch [\(rows), C, H, W], not \(shape)")
    }
    // Without windows an image is a row of bytes, whatever its dimensions.
    let extents = shape.count == 4 ? Array(shape.dropFirst()) : [1, 1, bytes]
    return ck_batch(
      memory: memory.start, half: type == .bfloat16, channels_last: memory.isChannelsLast,
      channels: extents[0], height: extents[1], width: extents[2])
  }
}
