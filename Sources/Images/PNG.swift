import CPNG

/// PNG through libpng, samples as they are stored: no gamma, no colour profile, no background.
///
/// So Pillow and torchvision read them. Of 16-bit samples the high byte is taken, as Pillow takes it of
/// coloured ones and torchvision's conversion to bytes of all.
enum PNG {
  static func header(_ bytes: [UInt8]) throws(EncodedImage.Failure) -> EncodedImage.Header {
    let image = try read(bytes, ESPALIER_PNG_HEADER)
    let form: EncodedImage.Header.Form =
      image.has_alpha != 0 ? .transparent : image.has_colour != 0 ? .rgb : .grey
    return EncodedImage.Header(
      width: Int(image.width), height: Int(image.height), form: form,
      revision: isReadOtherwise(image) ? 2 : 1)
  }

  static func decode(
    _ bytes: [UInt8], into pixels: UnsafeMutableBufferPointer<UInt8>
  ) throws(EncodedImage.Failure) {
    _ = try read(bytes, ESPALIER_PNG_ROWS, into: pixels.baseAddress)
  }

  /// Throws unless all rows can be unpacked.
  static func check(_ bytes: [UInt8]) throws(EncodedImage.Failure) {
    _ = try read(bytes, ESPALIER_PNG_ROWS)
  }

  /// Whether libpng's simplified interface, which was used before, gave other pixels: it applied gammas
  /// that differ from sRGB's by 5 % or more, and rounded 16-bit samples.
  private static func isReadOtherwise(_ image: espalier_png) -> Bool {
    image.depth == 16 || image.gamma != 0 && abs(2.2e-5 * Double(image.gamma) - 1) >= 0.05
  }

  private static func read(
    _ bytes: [UInt8], _ part: espalier_png_part, into pixels: UnsafeMutablePointer<UInt8>? = nil
  ) throws(EncodedImage.Failure) -> espalier_png {
    var image = espalier_png()
    let isRead = bytes.withUnsafeBufferPointer { buffer in
      image.bytes = buffer.baseAddress
      image.count = buffer.count
      return espalier_png_read(&image, part, pixels) != 0
    }
    image.bytes = nil
    guard isRead else {
      let words = withUnsafeBytes(of: image.problem) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw EncodedImage.Failure(problem: "is a damaged PNG (\(words))")
    }
    return image
  }
}
