package import Digests
import Glibc

extension Digest {
  /// The digest of a regular file.
  ///
  /// - Throws: `LaboratoryError.unreadable`.
  package static func sha256(ofFile path: String) throws -> Digest {
    guard let descriptor = try FileSystem.openRegular(path) else {
      throw FileSystem.readFailure(path, code: ENOENT)
    }
    defer { close(descriptor) }
    guard let digest = sha256(readingFrom: descriptor) else { throw FileSystem.readFailure(path) }
    return digest
  }
}
