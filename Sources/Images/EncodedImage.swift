import Recipes

/// The bytes of a JPEG or PNG file, told apart by how they begin and not by the file's name.
enum EncodedImage {
  /// Libjpeg-turbo reads it.
  case jpeg([UInt8])
  /// Libpng reads it.
  case png([UInt8])

  /// Size and colours of an image, from its header.
  struct Header: Hashable {
    /// How colours are stored.
    enum Form: Hashable {
      case rgb, grey, transparent
    }

    let width, height: Int
    let form: Form
    /// 2 where the toolkit read other pixels once, so that what was made of those has another key.
    var revision = 1

    /// Whether both are of one width and height.
    func hasSize(of other: Header) -> Bool { width == other.width && height == other.height }

    /// `width×height`.
    var size: String { "\(width)×\(height)" }
  }

  /// What is wrong with an image.
  struct Failure: Error {
    let problem: String
  }

  /// Bytes of a pixel as ``decode(_:into:)`` writes it: red, green, blue, and one that means nothing.
  static let pixelBytes = 4
  private static let largest = 1 << 14

  /// The bytes of a file.
  static func bytes(of path: String) throws(Failure) -> [UInt8] {
    do throws(FileFault) {
      return try InputFile.bytes(of: path)
    } catch {
      throw Failure(problem: error.problem)
    }
  }

  init(_ bytes: [UInt8]) throws(Failure) {
    if bytes.starts(with: [0xFF, 0xD8]) {
      self = .jpeg(bytes)
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      self = .png(bytes)
    } else {
      throw Failure(problem: bytes.isEmpty ? "is empty" : "is neither JPEG nor PNG")
    }
  }

  /// The header alone.
  func header() throws(Failure) -> Header {
    let header =
      switch self {
      case .jpeg(let bytes): try JPEG.header(bytes)
      case .png(let bytes): try PNG.header(bytes)
      }
    guard (1...Self.largest).contains(header.width), (1...Self.largest).contains(header.height)
    else { throw Failure(problem: "states the impossible size \(header.size)") }
    return header
  }

  /// Unpacks everything and keeps nothing; throws for images that ``decode(_:into:)`` cannot read.
  ///
  /// - Returns: what the library warns of where it reads the image all the same.
  func check(_ header: Header) throws(Failure) -> String? {
    switch self {
    case .jpeg(let bytes): return try JPEG.check(bytes, header)
    case .png(let bytes):
      try PNG.check(bytes)
      return nil
    }
  }

  /// Writes `height` rows of `width` pixels of four bytes; grey images have three equal colours, and
  /// transparency is dropped.
  func decode(_ header: Header, into pixels: UnsafeMutableBufferPointer<UInt8>) throws(Failure) {
    precondition(pixels.count >= header.width * header.height * Self.pixelBytes, "too small")
    switch self {
    case .jpeg(let bytes): try JPEG.decode(bytes, header, into: pixels)
    case .png(let bytes): try PNG.decode(bytes, into: pixels)
    }
  }
}
