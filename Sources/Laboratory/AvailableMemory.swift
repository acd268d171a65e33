/// How much memory new processes can have.
package enum AvailableMemory {
  /// Bytes that this machine can give without swapping, or that its container has left where that is less;
  /// `nil` where the system does not tell.
  package static func current() -> Int? {
    let left = bytes(
      limit: FileSystem.text("/sys/fs/cgroup/memory.max"),
      used: FileSystem.text("/sys/fs/cgroup/memory.current"))
    return [bytes(meminfo: FileSystem.text("/proc/meminfo")), left].compactMap(\.self).min()
  }

  /// What a control group (version 2) has left; `nil` without a limit, which is the word `max`.
  static func bytes(limit: String, used: String) -> Int? {
    func number(_ text: String) -> Int? { Int(text.filter { !$0.isWhitespace }) }
    guard let limit = number(limit), let used = number(used) else { return nil }
    return max(0, limit - used)
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
