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
    precondition(scale.count == shift.count, "\(scale.count) scales, \(shift.count) shifts")
    precondition(
      windows == nil || windows?.count == indices.count,
      "\(windows?.count ?? 0) windows for \(indices.count) images")
    let cuts = windows?.map {
      ct_window(top: Int32($0.top), left: Int32($0.left), flip: $0.flips)
    }
    try check { error in
      indices.withUnsafeBufferPointer { indices in
        func gather(_ cuts: UnsafePointer<ct_window>?) -> CInt {
          ct_gather_images(
            handle.pointer, images.baseAddress, images.count / imageBytes, imageBytes,
            indices.baseAddress, indices.count, scale, shift, scale.count, cuts, error)
        }
        return cuts?.withUnsafeBufferPointer { gather($0.baseAddress) } ?? gather(nil)
      }
    }
  }
}
