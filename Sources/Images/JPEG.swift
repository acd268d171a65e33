import CJPEG

/// JPEG through libjpeg-turbo's TurboJPEG interface.
enum JPEG {
  /// A decompressor, freed with its owner.
  private struct Decompressor: ~Copyable {
    let handle: tjhandle

    init() {
      guard let handle = tjInitDecompress() else { preconditionFailure("no memory for a JPEG") }
      self.handle = handle
    }

    deinit { tjDestroy(handle) }

    /// The library's words on what went wrong.
    var words: String { String(cString: tjGetErrorStr2(handle)) }

    var failure: EncodedImage.Failure {
      EncodedImage.Failure(problem: "is a damaged JPEG (\(words))")
    }
  }

  static func header(_ bytes: [UInt8]) throws(EncodedImage.Failure) -> EncodedImage.Header {
    let decompressor = Decompressor()
    var (width, height, sampling, space): (CInt, CInt, CInt, CInt) = (0, 0, 0, 0)
    let status = tjDecompressHeader3(
      decompressor.handle, bytes, UInt(bytes.count), &width, &height, &sampling, &space)
    guard
      status == 0 || isHarmless(decompressor.words),
      // A file that ends within its header is a success that leaves the size unset.
      width > 0
    else { throw decompressor.failure }
    guard space != TJCS_CMYK.rawValue, space != TJCS_YCCK.rawValue else {
      throw EncodedImage.Failure(problem: "is a CMYK image; convert it to RGB")
    }
    return EncodedImage.Header(
      width: Int(width), height: Int(height), form: space == TJCS_GRAY.rawValue ? .grey : .rgb)
  }

  /// Decodes with the accurate integer transform and smooth upsampling, libjpeg's defaults, so that the
  /// pixels are those that Pillow reads.
  static func decode(
    _ bytes: [UInt8], _ header: EncodedImage.Header,
    into pixels: UnsafeMutableBufferPointer<UInt8>
  ) throws(EncodedImage.Failure) {
    _ = try decode(
      bytes, width: header.width, height: header.height, format: TJPF_RGBX,
      flags: TJFLAG_ACCURATEDCT, into: pixels)
  }

  /// Unpacks all data at an eighth of the size, which finds all damage and computes few pixels.
  ///
  /// - Returns: the library's words on what it skipped, where that left the pixels whole.
  static func check(_ bytes: [UInt8], _ header: EncodedImage.Header)
    throws(EncodedImage.Failure) -> String?
  {
    let (width, height) = ((header.width + 7) / 8, (header.height + 7) / 8)
    return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: width * height) {
      pixels throws(EncodedImage.Failure) in
      try decode(bytes, width: width, height: height, format: TJPF_GRAY, flags: 0, into: pixels)
    }
  }

  private static func decode(
    _ bytes: [UInt8], width: Int, height: Int, format: TJPF, flags: CInt,
    into pixels: UnsafeMutableBufferPointer<UInt8>
  ) throws(EncodedImage.Failure) -> String? {
    let decompressor = Decompressor()
    let status = tjDecompress2(
      decompressor.handle, bytes, UInt(bytes.count), pixels.baseAddress, CInt(width), 0,
      CInt(height), CInt(format.rawValue), flags)
    if status == 0 { return nil }
    let words = decompressor.words
    guard isHarmless(words), isWhole(bytes) else { throw decompressor.failure }
    return words
  }

  /// Whether a message is a warning after which all pixels are as they were stored; others are errors, or
  /// warnings that data were missing or made no sense. Pillow and torchvision read such images too.
  private static func isHarmless(_ words: String) -> Bool {
    words.contains(" extraneous bytes before marker ")
      || [
        "Warning: unknown JFIF revision number ", "Unknown Adobe color transform code ",
        "Invalid SOS parameters for sequential JPEG", "Corrupt JPEG data: bad ICC marker",
      ].contains { words.hasPrefix($0) }
  }

  /// Whether the last marker is the image's end. The library tells its first warning alone, and that the
  /// data end too early may be the second.
  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    var position = 2
    while position + 1 < bytes.count {
      guard bytes[position] == 0xFF else {
        position += 1
        continue
      }
      switch bytes[position + 1] {
      case 0xD9: return true
      // A filling byte before a marker.
      case 0xFF: position += 1
      // Data that happen to be 255, restarts and markers without a length.
      case 0x00, 0x01, 0xD0...0xD8: position += 2
      default:
        guard position + 3 < bytes.count else { return false }
        position += 2 + Int(bytes[position + 2]) << 8 + Int(bytes[position + 3])
      }
    }
    return false
  }
}
