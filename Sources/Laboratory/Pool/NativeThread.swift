import Glibc

/// A thread whose start can fail: Foundation's `Thread` says nothing where the system has no more of them,
/// and whoever waits for it waits for ever.
enum NativeThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` on a thread of its own.
  ///
  /// - Throws: `LaboratoryError.noThread`.
  static func start(_ body: @escaping @Sendable () -> Void) throws {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { work in
        Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw LaboratoryError.noThread(reason: String(cString: strerror(code)))
    }
    pthread_detach(thread)
  }
}
