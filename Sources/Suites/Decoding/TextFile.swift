package import Foundation
package import Recipes
import Reports

/// The text of a file of the user's: UTF-8, with or without a byte order mark.
package enum TextFile {
  /// Reads the file at `url`.
  package static func read(_ url: URL) throws(TextFileError) -> String {
    let file = url.relativePath
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue
    {
      let suite = url.appending(path: "suite.yaml").path
      throw .folder(file: file, hasSuite: FileManager.default.fileExists(atPath: suite))
    }
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try InputFile.bytes(of: url.path)
    } catch .notRegular("a named pipe") {
      bytes = try piped(url.path, file: file)
    } catch {
      throw .fault(file: file, error)
    }
    return try text(bytes, file: file)
  }

  /// More than any suite or table has.
  private static let largest = 1 << 28

  /// Milliseconds that a pipe may be silent.
  private static let patience: Int32 = 20_000

  /// What comes out of a pipe, as shells put one in a command's place: `<(…)`. One that nobody writes to is not
  /// waited for.
  private static func piped(_ path: String, file: String) throws(TextFileError) -> [UInt8] {
    func unreadable(_ reason: String) -> TextFileError {
      .fault(file: file, .unreadable(reason: reason))
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(SystemReason.words(ofCode: errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var hadWriter = false
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
        guard bytes.count <= largest else { throw unreadable("more than 256 MiB came out of it") }
        continue
      }
      // Reading comes first: of a writer that was gone before this end was opened, waiting would learn nothing.
      if count == 0 && (hadWriter || !bytes.isEmpty) { return bytes }
      guard count == 0 || [EINTR, EAGAIN].contains(errno) else {
        throw unreadable(SystemReason.words(ofCode: errno))
      }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, patience)
      if ready < 0 && errno == EINTR { continue }
      guard ready > 0 else { throw unreadable("nothing comes out of this pipe") }
      hadWriter = true
    }
  }

  /// Decodes `bytes`; `file` is their name in messages.
  package static func text(_ bytes: [UInt8], file: String) throws(TextFileError) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw .wide(file: file)
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if let text = String(validating: body, as: UTF8.self) { return text }
    let wrong = firstInvalid(in: body)
    let before = body[..<wrong]
    let line = 1 + before.count { $0 == UInt8(ascii: "\n") }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? body.startIndex
    throw .notUTF8(file: file, line: line, position: wrong - start + 1, byte: body[wrong])
  }

  /// Where the first sequence starts that is no character.
  private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int {
    var (valid, invalid) = (bytes.startIndex, bytes.endIndex)
    // The longest valid prefix ends within a character of the first fault.
    while invalid - valid > 1 {
      let middle = (valid + invalid) / 2
      if isPrefixValid(bytes[..<middle]) { valid = middle } else { invalid = middle }
    }
    while valid > bytes.startIndex, String(validating: bytes[..<valid], as: UTF8.self) == nil {
      valid -= 1
    }
    return valid
  }

  /// Whether `bytes` are characters, the last of which may lack its end.
  private static func isPrefixValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    (0...min(3, bytes.count)).contains { missing in
      let rest = bytes.suffix(missing)
      let isStart = missing == 0 || (rest.first.map { $0 >= 0xC2 && $0 <= 0xF4 } ?? false)
      return isStart && String(validating: bytes.dropLast(missing), as: UTF8.self) != nil
        && rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }
  }
}

/// Why a file of the user's has no text.
package enum TextFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A folder; `hasSuite` where a suite stands in it.
  case folder(file: String, hasSuite: Bool)
  /// It is not there, may not be read, or is no file.
  case fault(file: String, FileFault)
  /// A byte that UTF-8 does not have there, by its line and its place in the line, both from 1.
  case notUTF8(file: String, line: Int, position: Int, byte: UInt8)
  /// UTF-16, as its first bytes say.
  case wide(file: String)

  /// What is wrong; what to do.
  package var description: String {
    switch self {
    case .folder(let file, let hasSuite):
      "\(file): is a folder; "
        + (hasSuite
          ? "write \(file.hasSuffix("/") ? file : file + "/")suite.yaml" : "name a file in it")
    case .fault(let file, let fault):
      "\(file): \(fault.problem); check the path and its permissions"
    case .notUTF8(let file, let line, let position, let byte):
      "\(file):\(line): not UTF-8: byte \(position) of the line is 0x"
        + String(format: "%02X", Int(byte)) + "; save the file as UTF-8"
    case .wide(let file): "\(file): UTF-16, not UTF-8; save the file as UTF-8"
    }
  }
}
