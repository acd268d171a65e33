import CPNG

/// PNG through libpng's simplified interface.
enum PNG {
  static func header(_ bytes: [UInt8]) throws(EncodedImage.Failure) -> EncodedImage.Header {
    try reading(bytes) { image throws(EncodedImage.Failure) in
      let form: EncodedImage.Header.Form =
        image.format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0
        ? .transparent : image.format & UInt32(PNG_FORMAT_FLAG_COLOR) != 0 ? .rgb : .grey
      return EncodedImage.Header(width: Int(image.width), height: Int(image.height), form: form)
    }
  }

  static func decode(
    _ bytes: [UInt8], into pixels: UnsafeMutableBufferPointer<UInt8>
  ) throws(EncodedImage.Failure) {
    try reading(bytes) { image throws(EncodedImage.Failure) in
      // With its alpha channel, so that nothing is blended.
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR) | UInt32(PNG_FORMAT_FLAG_ALPHA)
      image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
      guard png_image_finish_read(&image, nil, pixels.baseAddress, 0, nil) != 0 else {
        throw failure(image)
      }
    }
  }

  private static func reading<Result>(
    _ bytes: [UInt8], _ body: (inout png_image) throws(EncodedImage.Failure) -> Result
  ) throws(EncodedImage.Failure) -> Result {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    // The image points into the bytes until it is freed.
    let outcome = bytes.withUnsafeBytes { buffer -> Swift.Result<Result, EncodedImage.Failure> in
      defer { png_image_free(&image) }
      guard png_image_begin_read_from_memory(&image, buffer.baseAddress, buffer.count) != 0 else {
        return .failure(failure(image))
      }
      do throws(EncodedImage.Failure) {
        return .success(try body(&image))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private static func failure(_ image: png_image) -> EncodedImage.Failure {
    let message = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return EncodedImage.Failure(problem: "is a damaged PNG (\(message))")
  }
}
