import Digests
import Glibc
import Recipes

/// The SHA-256 of a data file, which recipes name so that changed data is never taken for the same.
enum FileDigest {
  /// The paths of the source's files, in their order; throws unless each has the digest that the
  /// specification names.
  static func check(_ specification: DatasetSpecification, paths: [String: String])
    throws(DatasetError) -> [String]
  {
    var files: [String] = []
    for (name, digest) in zip(specification.source.files, specification.digests) {
      let path = try path(of: name, in: paths)
      try check(path, is: digest)
      files.append(path)
    }
    return files
  }

  /// Where the file `name` is.
  static func path(of name: String, in paths: [String: String]) throws(DatasetError) -> String {
    guard let path = paths[name] else { throw .missing(file: name, problem: "was not found") }
    return path
  }

  /// The digest of a file's bytes.
  static func digest(of path: String) throws(FileFault) -> String {
    let descriptor = try InputFile.open(path).descriptor
    defer { close(descriptor) }
    guard let digest = Digest.sha256(readingFrom: descriptor) else {
      throw .unreadable(reason: SystemReason.words(ofCode: errno))
    }
    return digest.hexadecimal
  }

  /// Throws unless the file's bytes have this digest.
  static func check(_ path: String, is expected: String) throws(DatasetError) {
    let found: String
    do throws(FileFault) {
      found = try digest(of: path)
    } catch {
      throw .missing(file: path, problem: error.problem)
    }
    guard found == expected else {
      throw .changed(file: path, expected: expected, found: found)
    }
  }
}
