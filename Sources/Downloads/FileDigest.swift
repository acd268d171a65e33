import CZlib
import Digests
import Glibc
import Recipes

/// The SHA-256 of a file, or of what it unpacks to.
enum FileDigest {
  /// Hexadecimal SHA-256 of the bytes of a file; `nil` where it cannot be read.
  static func plain(_ path: String) -> String? {
    guard let descriptor = try? InputFile.open(path).descriptor else { return nil }
    defer { close(descriptor) }
    return Digest.sha256(readingFrom: descriptor)?.hexadecimal
  }

  /// Hexadecimal SHA-256 of what a gzipped file unpacks to; `nil` where it cannot be unpacked, or unpacks to
  /// other than `size` bytes, and never more than that and a piece.
  static func unpacked(_ path: String, size: Int) -> String? {
    // Reading pipes and devices may never end.
    guard InputFile.exists(path), let file = gzopen(path, "rb") else { return nil }
    defer { gzclose(file) }
    var left = size
    var sum = Digest.Sum()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = gzread(file, &buffer, UInt32(buffer.count))
      // A file that ends too early is told by gzerror alone.
      var code: CInt = 0
      gzerror(file, &code)
      guard count >= 0, code == Z_OK || code == Z_STREAM_END else { return nil }
      if count == 0 { return left == 0 ? sum.digest.hexadecimal : nil }
      left -= Int(count)
      if left < 0 { return nil }
      sum.add(buffer[..<Int(count)])
    }
  }
}
