import Crypto
import Foundation

/// The SHA-256 of a data file, which recipes name so that changed data is never taken for the same.
enum FileDigest {
  /// Throws unless the file's bytes have this digest.
  static func check(_ path: String, is expected: String) throws(DatasetError) {
    guard let contents = FileManager.default.contents(atPath: path) else {
      throw .missing(file: path, problem: "cannot be read")
    }
    let found = SHA256.hash(data: contents).map { String(format: "%02x", $0) }.joined()
    guard found == expected else {
      throw .changed(file: path, expected: expected, found: found)
    }
  }
}
