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

    var failure: EncodedImage.Failure {
      EncodedImage.Failure(
        problem: "is a damaged JPEG (\(String(cString: tjGetErrorStr2(handle))))")
    }
  }

  static func header(_ bytes: [UInt8]) throws(EncodedImage.Failure) -> EncodedImage.Header {
    let decompressor = Decompressor()
    var (width, height, sampling, space): (CInt, CInt, CInt, CInt) = (0, 0, 0, 0)
    guard
      tjDecompressHeader3(
        decompressor.handle, bytes, UInt(bytes.count), &width, &height, &sampling, &space) == 0,
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
    let decompressor = Decompressor()
    // A warning, as of a file that ends too early, counts as a failure.
    guard
      tjDecompress2(
        decompressor.handle, bytes, UInt(bytes.count), pixels.baseAddress, CInt(header.width), 0,
        CInt(header.height), CInt(TJPF_RGBX.rawValue), CInt(TJFLAG_ACCURATEDCT)) == 0
    else { throw decompressor.failure }
  }
}
