import Foundation

/// Work on a thread of its own; the test runner's threads are few and may all be waiting.
final class Background<Value>: @unchecked Sendable {
  private let condition = NSCondition()
  private var outcome: Result<Value, any Error>?
  private var isStopped = false

  /// Starts the work, which may ask now and then whether it should stop.
  init(_ work: @escaping (_ shouldStop: () -> Bool) throws -> Value) {
    nonisolated(unsafe) let work = work
    Thread.detachNewThread { [self] in
      let outcome = Result { try work { condition.withLock { isStopped } } }
      condition.withLock {
        self.outcome = outcome
        condition.broadcast()
      }
    }
  }

  func stop() { condition.withLock { isStopped = true } }

  var isOver: Bool { condition.withLock { outcome != nil } }

  /// Waits for the end of the work.
  func value() throws -> Value {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let outcome { return try outcome.get() }
      condition.wait()
    }
  }
}
