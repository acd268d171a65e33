import Foundation

/// What the kernel says a process does.
enum ProcessState {
  /// Whether a process is stopped: by SIGSTOP, ^Z, or a debugger.
  static func isStopped(_ pid: Int32) -> Bool {
    guard let bytes = try? FileSystem.read("/proc/\(pid)/stat") else { return false }
    // The name in parentheses may hold anything; the state follows it.
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return false }
    return ["T", "t"].contains(text[text.index(after: end)...].split(separator: " ").first)
  }

  /// What a user can do about a stopped process.
  static func remedy(_ pid: Int32) -> String {
    "kill -CONT \(pid) continues it, kill -KILL \(pid) ends it"
  }
}
