import CJPEG
import CPNG
import Foundation
import Images
import Recipes

/// Runs `body` with a new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("espalier-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// A picture of smooth colours that depend on `seed`, `[height, width, channels]` bytes.
func picture(_ width: Int, _ height: Int, channels: Int, seed: Int = 0) -> [UInt8] {
  (0..<height).flatMap { y in
    (0..<width).flatMap { x in
      (0..<channels).map { UInt8((4 * x + 3 * y + 50 * $0 + 20 * seed) % 256) }
    }
  }
}

/// The bytes of a JPEG file without chroma subsampling.
func jpeg(_ pixels: [UInt8], width: Int, height: Int, channels: Int, quality: CInt = 100) -> Data {
  let compressor = tjInitCompress()
  defer { tjDestroy(compressor) }
  let formats: [Int: TJPF] = [1: TJPF_GRAY, 3: TJPF_RGB, 4: TJPF_CMYK]
  var bytes: UnsafeMutablePointer<UInt8>?
  var count: UInt = 0
  let status = tjCompress2(
    compressor, pixels, CInt(width), 0, CInt(height), CInt(formats[channels]!.rawValue), &bytes,
    &count, CInt((channels == 1 ? TJSAMP_GRAY : TJSAMP_444).rawValue), quality, 0)
  precondition(status == 0, String(cString: tjGetErrorStr2(compressor)))
  defer { tjFree(bytes) }
  return Data(bytes: bytes!, count: Int(count))
}

/// The bytes of a PNG file of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha) channels.
func png(_ pixels: [UInt8], width: Int, height: Int, channels: Int) -> Data {
  let flags = [1: 0, 2: PNG_FORMAT_FLAG_ALPHA, 3: PNG_FORMAT_FLAG_COLOR]
  var image = png_image()
  image.version = UInt32(PNG_IMAGE_VERSION)
  image.width = UInt32(width)
  image.height = UInt32(height)
  image.format = UInt32(flags[channels] ?? PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
  var bytes = [UInt8](repeating: 0, count: 4 * pixels.count + 10_000)
  var count = bytes.count
  let status = png_image_write_to_memory(&image, &bytes, &count, 0, pixels, 0, nil)
  precondition(status != 0, "libpng cannot write the sample")
  return Data(bytes[..<count])
}

/// A PNG file chunk by chunk, as the specification has it, so that samples and chunks are what they are and
/// not what a library makes of them.
struct RawPNG {
  var width: Int
  var height = 1
  var depth: UInt8 = 8
  /// 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha.
  var colour: UInt8
  /// The packed samples of each row.
  var rows: [[UInt8]]
  /// Chunks between header and samples: name and contents.
  var chunks: [(String, [UInt8])] = []

  var data: Data {
    let scanlines: [UInt8] = rows.flatMap { [UInt8(0)] + $0 }
    precondition(scanlines.count < 1 << 16, "one stored block holds less than 65,536 bytes")
    let count = UInt16(scanlines.count)
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in scanlines {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    let stored: [UInt8] =
      [0x78, 0x01, 1] + Self.bytes(count.byteSwapped) + Self.bytes(~count.byteSwapped) + scanlines
      + Self.bytes(b << 16 | a)
    let header: [UInt8] =
      Self.bytes(UInt32(width)) + Self.bytes(UInt32(height)) + [depth, colour, 0, 0, 0]
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    for (name, contents) in [("IHDR", header)] + chunks + [("IDAT", stored), ("IEND", [])] {
      let body = Array(name.utf8) + contents
      file += Self.bytes(UInt32(contents.count)) + body + Self.bytes(Self.checksum(body))
    }
    return Data(file)
  }

  /// Big-endian.
  static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { remainder, byte in
      (0..<8).reduce(remainder ^ UInt32(byte)) { value, _ in
        value >> 1 ^ (value & 1 == 0 ? 0 : 0xEDB8_8320)
      }
    }
  }
}

/// `[height, width, channels]` as the planes `[3, height, width]`, grey thrice, alpha dropped.
func planes(_ pixels: [UInt8], channels: Int) -> [UInt8] {
  (0..<3).flatMap { channel in
    stride(from: channels < 3 ? 0 : channel, to: pixels.count, by: channels).map { pixels[$0] }
  }
}

/// Writes files below `folder`, making the folders between.
func write(_ files: [String: Data], to folder: URL) throws {
  for (path, data) in files {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }
}

/// Two classes with two training images and a test image each, 8×6 PNGs.
func smallFolder(test: String = "test") -> [String: Data] {
  var files: [String: Data] = [:]
  for (label, name) in ["ant", "bee"].enumerated() {
    for (index, path) in ["train/\(name)/1.png", "train/\(name)/2.png", "\(test)/\(name)/3.png"]
      .enumerated()
    {
      files[path] = png(
        picture(8, 6, channels: 3, seed: 3 * label + index), width: 8, height: 6, channels: 3)
    }
  }
  return files
}

/// The images of `folder`, four at once decoded into `images.bytes` in `root` and read back.
func decoded(
  _ folder: ImageFolder, _ scan: ImageFolderScan, in root: URL, progress: (Int) -> Void = { _ in }
) throws -> DecodedImages {
  let path = root.appending(path: "images.bytes").path
  try DecodedImages.write(
    folder, scan.specification, digest: scan.digest, batch: 4, to: path, progress: progress)
  return try DecodedImages(readingFrom: path, specification: scan.specification)
}
