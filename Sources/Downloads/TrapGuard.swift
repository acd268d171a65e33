import Glibc
import Synchronization

/// Turns a trap into a sentence while transfers run.
///
/// FoundationNetworking converts a `Content-Length` of 2⁶³ − 512 or more to a number that it cannot hold, and
/// traps, before any delegate sees the answer. No honest server states such a length, and nothing but a
/// signal handler can say so; the program ends all the same, with status 1.
enum TrapGuard {
  private struct State {
    var running = 0
    var before = signals.map { _ in sigaction() }
  }

  private static let signals = [SIGILL, SIGTRAP]
  private static let state = Mutex(State())

  /// Runs `body`; a trap meanwhile, in any thread, ends the program with `sentence` on standard error, or
  /// with that of the transfer that began last.
  static func run<Result>(_ sentence: String, _ body: () -> Result) -> Result {
    state.withLock { state in
      let bytes = Array("Error: \(sentence)\n".utf8)
      // Never freed, since a handler may read it at any time.
      let message = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
      _ = message.initialize(from: bytes)
      trapMessage = UnsafeRawBufferPointer(message)
      state.running += 1
      guard state.running == 1 else { return }
      var action = sigaction()
      // A handler may call what is safe in signals alone: these two are.
      action.__sigaction_handler.sa_handler = { _ in
        _ = write(STDERR_FILENO, trapMessage.baseAddress, trapMessage.count)
        _exit(1)
      }
      for (index, signal) in signals.enumerated() {
        sigaction(signal, &action, &state.before[index])
      }
    }
    defer {
      state.withLock { state in
        state.running -= 1
        guard state.running == 0 else { return }
        for (index, signal) in signals.enumerated() { sigaction(signal, &state.before[index], nil) }
      }
    }
    return body()
  }
}

/// Written under the guard's lock, read by the handler, which ends the program.
private nonisolated(unsafe) var trapMessage = UnsafeRawBufferPointer(start: nil, count: 0)
