import CZlib
import Glibc
import Images

/// A file read through zlib, packed by gzip or not.
struct PackedFile: ~Copyable {
  private let path: String
  private let stream: gzFile

  init(path: String) throws(DatasetError) {
    let descriptor: CInt
    do throws(RegularFile.Failure) {
      descriptor = try RegularFile.open(path).descriptor
    } catch {
      throw .missing(file: path, problem: error.problem)
    }
    guard let stream = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw .missing(file: path, problem: "cannot be opened")
    }
    gzbuffer(stream, 1 << 17)
    self.path = path
    self.stream = stream
  }

  deinit { gzclose(stream) }

  /// The next `count` bytes; throws where fewer are left or the packed data is damaged.
  func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    let bytes = try next(count)
    guard bytes.count == count else { throw truncated(by: count - bytes.count) }
    return bytes
  }

  private func truncated(by count: Int) -> DatasetError {
    .malformed(file: path, problem: "ends \(count) bytes too early: truncated")
  }

  /// Passes over the next `count` bytes; throws as ``read(_:)`` does.
  func skip(_ count: Int) throws(DatasetError) {
    var left = count
    while left > 0 {
      let found = try next(min(left, 1 << 18)).count
      guard found > 0 else { throw truncated(by: left) }
      left -= found
    }
  }

  /// Throws where anything is left.
  func expectEnd() throws(DatasetError) {
    guard try next(1).isEmpty else {
      throw .malformed(file: path, problem: "goes on after the last example its header states")
    }
  }

  /// Everything that is left, at most `limit` bytes.
  func readAll(limit: Int) throws(DatasetError) -> [UInt8] {
    let bytes = try next(limit)
    try expectEnd()
    return bytes
  }

  /// What is left, at most `count` bytes.
  func readAll(upTo count: Int) throws(DatasetError) -> [UInt8] { try next(count) }

  private func next(_ count: Int) throws(DatasetError) -> [UInt8] {
    var problem: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = 0
      while initialized < count {
        // gzread takes 32-bit counts.
        let chunk = min(count - initialized, 1 << 30)
        let got = gzread(stream, buffer.baseAddress! + initialized, UInt32(chunk))
        if got < 0 {
          var code: CInt = 0
          problem = Self.words(gzerror(stream, &code))
          return
        }
        initialized += Int(got)
        if got < chunk { return }
      }
    }
    // A short read at the end of a cut gzip file is no error to gzread; gzerror tells.
    var code: CInt = 0
    let message = Self.words(gzerror(stream, &code))
    if let problem { throw .malformed(file: path, problem: "cannot be unpacked (\(problem))") }
    guard code == Z_OK || code == Z_STREAM_END else {
      throw .malformed(file: path, problem: "cannot be unpacked (\(message))")
    }
    return bytes
  }

  /// The library's words without the name that it gives the file.
  private static func words(_ message: UnsafePointer<CChar>?) -> String {
    let text = message.map { String(cString: $0) } ?? ""
    return text.firstRange(of: ">: ").map { String(text[$0.upperBound...]) } ?? text
  }
}
