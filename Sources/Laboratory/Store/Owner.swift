import Digests
import Foundation
import Glibc

/// A process that owns a claim or a temporary folder.
package struct Owner: Hashable, Sendable, Codable {
  /// Process id.
  package let pid: Int32
  /// Clock ticks between boot and the start of the process; tells it from a later one with its id.
  package let startTime: UInt64
  /// The kernel's random id of this boot.
  package let boot: String
  /// Sixteen hexadecimal digits of the SHA-256 of host name, boot id and process-id namespace:
  /// process ids mean the same wherever this is equal.
  package let host: String

  /// Whether the owner lives.
  package enum Life: Hashable, Sendable {
    case alive
    case dead
    /// On another host, before the last boot, or in another container: only heartbeats tell.
    case unknown
  }

  /// This process.
  package static let current: Owner = {
    let pid = getpid()
    return Owner(pid: pid, startTime: startTime(of: pid) ?? 0, boot: currentBoot, host: currentHost)
  }()

  private static let currentBoot = FileSystem.text("/proc/sys/kernel/random/boot_id")
    .filter { !$0.isWhitespace }

  private static let currentHost: String = {
    let name = FileSystem.text("/proc/sys/kernel/hostname")
    let namespace = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    let parts = [name, currentBoot, namespace ?? ""].joined(separator: "\n")
    let digest = Digest.sha256(of: Data(parts.utf8))
    return String(digest.hexadecimal.prefix(16))
  }()

  /// The name of this machine, for people.
  static let machineName: String? = (try? FileSystem.read("/proc/sys/kernel/hostname")).map {
    String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace }
  }

  /// Whether the owner was stopped (SIGSTOP, ^Z) on this host.
  var isStopped: Bool { life == .alive && ProcessState.isStopped(pid) }

  /// Whether the owner lives, as far as this host can tell.
  package var life: Life {
    guard host == Owner.currentHost else { return .unknown }
    return Owner.startTime(of: pid) == startTime ? .alive : .dead
  }

  /// The start time of a process; nil where there is none or only its corpse (a zombie).
  static func startTime(of pid: Int32) -> UInt64? {
    guard let bytes = try? FileSystem.read("/proc/\(pid)/stat") else { return nil }
    return startTime(fromStat: String(decoding: bytes, as: UTF8.self))
  }

  /// Field 22 of `/proc/<pid>/stat` (proc(5)); nil for the states Z and X.
  static func startTime(fromStat text: String) -> UInt64? {
    // The second field is a program's name in parentheses, which may hold spaces and parentheses.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, !["Z", "X", "x"].contains(fields[0]) else { return nil }
    return UInt64(fields[19])
  }
}

extension Owner {
  /// The owner as a part of a file name; the boot is within the host's hash.
  var tag: String { "\(host)-\(pid)-\(startTime)" }

  /// Reads `tag`.
  init?(tag: String) {
    let parts = tag.split(separator: "-")
    guard parts.count == 3, parts[0].count == 16, let pid = Int32(parts[1]),
      let startTime = UInt64(parts[2])
    else { return nil }
    self.init(pid: pid, startTime: startTime, boot: "", host: String(parts[0]))
  }
}
