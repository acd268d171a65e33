import Glibc

/// Notices SIGINT and SIGTERM instead of dying of them.
enum Interruption {
  /// The one piece of state a signal handler can reach.
  nonisolated(unsafe) private static var caught: Int32 = 0

  /// Runs `body` with a question it can ask: which signal came, if any.
  ///
  /// A second signal of the same kind kills: the first one restores the default. Afterwards the
  /// handlers are what they were before.
  static func noticing<Value>(_ body: (() -> Int32?) throws -> Value) rethrows -> Value {
    caught = 0
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { Interruption.caught = $0 }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    let signals = [SIGINT, SIGTERM]
    let before = signals.map { signal in
      var old = sigaction()
      sigaction(signal, nil, &old)
      // Who starts a program with SIGINT ignored (nohup, a shell's background job) means it.
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) != 1 {
        sigaction(signal, &action, nil)
      }
      return old
    }
    // Who was started from a thread that holds signals back (as libdispatch's do) inherits that.
    var noticed = sigset_t()
    var maskBefore = sigset_t()
    sigemptyset(&noticed)
    for signal in signals { sigaddset(&noticed, signal) }
    pthread_sigmask(SIG_UNBLOCK, &noticed, &maskBefore)
    defer {
      pthread_sigmask(SIG_SETMASK, &maskBefore, nil)
      for (signal, old) in zip(signals, before) {
        var old = old
        sigaction(signal, &old, nil)
      }
    }
    return try body { caught == 0 ? nil : caught }
  }
}
