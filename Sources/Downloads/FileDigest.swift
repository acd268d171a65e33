import CZlib
import Crypto
import Foundation
import Glibc

/// The SHA-256 of a file, or of what it unpacks to.
enum FileDigest {
  /// Hexadecimal SHA-256 of the bytes of a file; `nil` where it cannot be read.
  static func plain(_ path: String) -> String? {
    guard isRegular(path), let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    var hash = SHA256()
    do {
      while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
        hash.update(data: chunk)
      }
    } catch { return nil }
    return hexadecimal(hash)
  }

  /// Hexadecimal SHA-256 of what a gzipped file unpacks to; `nil` where it cannot be unpacked, or unpacks to
  /// other than `size` bytes, and never more than that and a piece.
  static func unpacked(_ path: String, size: Int) -> String? {
    guard isRegular(path), let file = gzopen(path, "rb") else { return nil }
    defer { gzclose(file) }
    var left = size
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = gzread(file, &buffer, UInt32(buffer.count))
      // A file that ends too early is told by gzerror alone.
      var code: CInt = 0
      gzerror(file, &code)
      guard count >= 0, code == Z_OK || code == Z_STREAM_END else { return nil }
      if count == 0 { return left == 0 ? hexadecimal(hash) : nil }
      left -= Int(count)
      if left < 0 { return nil }
      hash.update(data: buffer[..<Int(count)])
    }
  }

  /// Reading pipes and devices may never end.
  private static func isRegular(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }

  private static func hexadecimal(_ hash: SHA256) -> String {
    hash.finalize().map { String(format: "%02x", $0) }.joined()
  }
}
