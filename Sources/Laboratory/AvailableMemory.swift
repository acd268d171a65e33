import Foundation

/// How much memory new processes can have.
package enum AvailableMemory {
  /// Bytes that this machine can give without swapping; `nil` where the system does not tell.
  package static func current() -> Int? {
    let text = try? FileSystem.read("/proc/meminfo")
    return bytes(meminfo: String(decoding: text ?? Data(), as: UTF8.self))
  }

  /// Reads `MemAvailable` from the text of `/proc/meminfo`, whose unit is 1,024 bytes.
  static func bytes(meminfo: String) -> Int? {
    let line = meminfo.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
    let words = line?.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard let words, words.count == 3, words[2] == "kB", let count = Int(words[1]) else {
      return nil
    }
    return count * 1024
  }
}
