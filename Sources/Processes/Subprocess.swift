package import Foundation
import Glibc

/// A program run to its end on the caller's thread: Foundation's `Process` starts a thread to watch it, and
/// waits for ever where the system has none to give.
package struct Subprocess {
  /// Where what it prints on standard error goes.
  package enum Errors: Hashable, Sendable {
    case dropped
    /// Where ours goes.
    case shown
    /// A file, which it replaces.
    case file(String)
  }

  /// The program, found on the PATH where it has no slash.
  package var program: String
  /// Its arguments.
  package var arguments: [String]
  /// Its environment; ours where there is none.
  package var environment: [String: String]?
  /// The folder that it runs in; ours where there is none.
  package var folder: String?
  /// The file that it reads on standard input; an empty one where there is none.
  package var input: String?
  /// Where what it prints on standard error goes.
  package var errors: Errors

  /// Describes a program to run.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil,
    folder: String? = nil, input: String? = nil, errors: Errors = .dropped
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
    self.errors = errors
  }

  /// The words that are started. A shell, which gives way to the program, goes to the folder: spawning knows no other
  /// way that every system has.
  private var command: [String] {
    let own = [program] + arguments
    return folder.map { ["sh", "-c", "cd \"$0\" && exec \"$@\"", $0] + own } ?? own
  }

  /// How a program ended.
  package struct Outcome: Hashable, Sendable {
    /// Its exit code; 128 and the signal's number where one killed it; -1 where the system does not say.
    package let status: Int32
    /// What it printed.
    package let output: Data
  }

  /// A program that could not be started.
  package struct NotStarted: Error, Hashable, CustomStringConvertible {
    /// The program.
    package let program: String
    /// The system's number for the reason.
    package let code: Int32

    package var description: String {
      "\(program) could not be started: \(String(cString: strerror(code)))"
    }
  }

  /// Runs the program.
  package func run() throws(NotStarted) -> Outcome {
    var ends: [Int32] = [-1, -1]
    // A socket, not a pipe: closed on exec in one step with its creation.
    let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, stream, 0, &ends) == 0 else {
      throw NotStarted(program: program, code: errno)
    }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input ?? "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    let truncated = O_WRONLY | O_CREAT | O_TRUNC
    switch errors {
    case .shown: break
    case .dropped:
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    case .file(let path):
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, path, truncated, 0o666)
    }
    // Not what our threads hold back or we ignore, which it would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, pipe) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &pipe)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = command.map { strdup($0) } + [nil]
    let variables = environment ?? ProcessInfo.processInfo.environment
    var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, command[0], &actions, &attributes, &words, &settings)
    close(ends[1])
    guard code == 0 else { throw NotStarted(program: program, code: code) }

    var output = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      output.append(contentsOf: buffer[..<count])
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      guard errno == EINTR else { return Outcome(status: -1, output: output) }
    }
    let signal = status & 0x7f
    return Outcome(status: signal == 0 ? (status >> 8) & 0xff : 128 + signal, output: output)
  }
}
