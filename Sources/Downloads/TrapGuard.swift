import Foundation
import Glibc

/// Turns a trap into a sentence while a transfer runs.
///
/// FoundationNetworking converts a `Content-Length` of 2⁶³ − 512 or more to a number that it cannot hold, and
/// traps, before any delegate sees the answer. No honest server states such a length, and nothing but a
/// signal handler can say so; the program ends all the same, with status 1.
enum TrapGuard {
  /// Runs `body`; a trap meanwhile, in any thread, ends the program with `sentence` on standard error.
  static func run<Result>(_ sentence: String, _ body: () -> Result) -> Result {
    let bytes = Array("Error: \(sentence)\n".utf8)
    let message = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = message.initialize(from: bytes)
    let old = trapMessage
    trapMessage = UnsafeRawBufferPointer(message)
    var action = sigaction()
    // A handler may call what is safe in signals alone: these two are.
    action.__sigaction_handler.sa_handler = { _ in
      _ = write(STDERR_FILENO, trapMessage.baseAddress, trapMessage.count)
      _exit(1)
    }
    let signals = [SIGILL, SIGTRAP]
    var before = signals.map { _ in sigaction() }
    for (index, signal) in signals.enumerated() { sigaction(signal, &action, &before[index]) }
    defer {
      for (index, signal) in signals.enumerated() { sigaction(signal, &before[index], nil) }
      trapMessage = old
      message.deallocate()
    }
    return body()
  }
}

/// Read by the handler alone, which ends the program.
private nonisolated(unsafe) var trapMessage = UnsafeRawBufferPointer(start: nil, count: 0)
