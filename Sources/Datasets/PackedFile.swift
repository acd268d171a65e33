import CZlib

/// A file read through zlib, packed by gzip or not.
struct PackedFile: ~Copyable {
  private let path: String
  private let stream: gzFile

  init(path: String) throws(DatasetError) {
    guard let stream = gzopen(path, "rb") else {
      throw .missing(file: path, problem: "cannot be opened")
    }
    self.path = path
    self.stream = stream
  }

  deinit { gzclose(stream) }

  /// The next `count` bytes; throws where fewer are left or the packed data is damaged.
  func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    let bytes = try next(count)
    guard bytes.count == count else {
      throw .malformed(
        file: path, problem: "ends \(count - bytes.count) bytes too early: truncated")
    }
    return bytes
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
          problem = String(cString: gzerror(stream, &code))
          return
        }
        initialized += Int(got)
        if got < chunk { return }
      }
    }
    // A short read at the end of a cut gzip file is no error to gzread; gzerror tells.
    var code: CInt = 0
    let message = String(cString: gzerror(stream, &code))
    if let problem { throw .malformed(file: path, problem: "cannot be unpacked (\(problem))") }
    guard code == Z_OK || code == Z_STREAM_END else {
      throw .malformed(file: path, problem: "cannot be unpacked (\(message))")
    }
    return bytes
  }
}
