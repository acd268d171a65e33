package import Foundation
import Glibc

/// A program run to its end on the caller's thread: Foundation's `Process` starts a thread to watch it, and
/// waits for ever where the system has none to give.
package struct Subprocess {
  /// The program, found on the PATH where it has no slash.
  package var program: String
  /// Its arguments.
  package var arguments: [String]
  /// Whether what it prints on standard error goes where ours does; it is dropped otherwise.
  package var showsErrors = false

  /// Describes a program to run.
  package init(_ program: String, _ arguments: [String], showsErrors: Bool = false) {
    self.program = program
    self.arguments = arguments
    self.showsErrors = showsErrors
  }

  /// How a program ended.
  package struct Outcome: Hashable, Sendable {
    /// Its exit code; 128 and the signal's number where one killed it.
    package let status: Int32
    /// What it printed.
    package let output: Data
  }

  /// Runs the program.
  ///
  /// - Returns: nil where it cannot be started.
  package func run() -> Outcome? {
    var ends: [Int32] = [-1, -1]
    let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, stream, 0, &ends) == 0 else { return nil }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    if !showsErrors {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
    var pointers = ([program] + arguments).map { strdup($0) } + [nil]
    var environment =
      ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in pointers + environment { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, program, &actions, nil, &pointers, &environment)
    close(ends[1])
    guard code == 0 else { return nil }

    var output = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      output.append(contentsOf: buffer[..<count])
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return Outcome(status: signal == 0 ? (status >> 8) & 0xff : 128 + signal, output: output)
  }
}
