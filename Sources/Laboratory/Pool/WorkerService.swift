import Foundation
import Glibc

/// A worker process: computes artifacts on the main thread until its standard input closes.
package enum WorkerService {
  /// Serves a coordinator at the other end of standard input and output; call it first in `main`.
  ///
  /// A second thread reads standard input and ends the process as soon as it closes, so a killed
  /// coordinator leaves no workers behind, and keeps the claim's heartbeat. SIGINT is ignored: the
  /// coordinator decides what ^C means. What else the process prints goes to standard error.
  ///
  /// - Parameters:
  ///   - configure: makes of the store and the settings what `run` needs; what it throws is shown to
  ///     the user and stops the run.
  ///   - run: makes and publishes all that is missing of a walk. If it throws
  ///     `LaboratoryError.damagedArtifact` (as `Store.verifiedFile` does), that artifact is redone first;
  ///     other errors fail what it has not published.
  package static func serve<Context>(
    configure: (Store, [String: String]) throws -> Context,
    run: (Assignment, Context) throws -> Void
  ) -> Never {
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    // The coordinator starts workers with SIGINT held back until here.
    var held = sigset_t()
    sigemptyset(&held)
    sigaddset(&held, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &held, nil)
    // Libraries print; the coordinator must read nothing but reports.
    let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    let send = { (report: WorkerReport) in WorkerService.send(report, to: output) }

    let inbox = Inbox()
    do {
      try NativeThread.start { inbox.read(from: STDIN_FILENO) }
    } catch {
      send(.unable(error as? LaboratoryError ?? .noThread(reason: "\(error)")))
      exit(1)
    }
    var configured: (store: Store, context: Context)?
    while true {
      switch inbox.next() {
      case .configure(let root, let settings):
        do {
          let store = Store(root: root)
          configured = (store, try configure(store, settings))
          send(.ready)
        } catch {
          send(.refused(message: "\(error)"))
        }
      case .run(let walk):
        guard let configured else { fatalError("a worker is configured before it is given work") }
        let report = carryOut(walk, in: configured.store, inbox: inbox, send: send) {
          try run($0, configured.context)
        }
        send(report)
      }
    }
  }

  private static func carryOut(
    _ walk: [Artifact], in store: Store, inbox: Inbox, send: @escaping (WorkerReport) -> Void,
    run: (Assignment) throws -> Void
  ) -> WorkerReport {
    let id = walk[0].walkID
    do {
      guard case .taken(let claim) = try store.claim(id) else {
        return try lookOver(walk, in: store, send: send).missing.isEmpty ? .finished : .claimed
      }
      inbox.hold(claim)
      defer {
        inbox.hold(nil)
        claim.release()
      }
      // Only now: who had the claim before may have published some of it.
      let (missing, present) = try lookOver(walk, in: store, send: send)
      guard !missing.isEmpty else { return .finished }
      for artifact in missing {
        if case .damaged = try store.state(of: artifact) { try store.removeDamaged(artifact.key) }
      }
      let assignment = try Assignment(missing, present: present, in: store, tell: send)
      defer { assignment.discard() }
      do {
        try run(assignment)
        try assignment.requireAll()
        return .finished
      } catch {
        if case LaboratoryError.notReproducible = error {
          // What comes of it must not be gone on from.
          try? FileSystem.remove(store.paths.checkpoints(of: id))
        }
        // Before the workspaces go: deleting them may make room and hide why the work failed.
        return failure(error, in: store)
      }
    } catch {
      return failure(error, in: store)
    }
  }

  /// What is missing of a walk and what is there, which is told.
  private static func lookOver(
    _ walk: [Artifact], in store: Store, send: (WorkerReport) -> Void
  ) throws -> (missing: [Artifact], present: [Artifact]) {
    var (missing, present): ([Artifact], [Artifact]) = ([], [])
    for artifact in walk {
      if try store.state(of: artifact) == .whole {
        present.append(artifact)
        send(.done(artifact.key, computed: false))
      } else {
        missing.append(artifact)
      }
    }
    return (missing, present)
  }

  private static func failure(_ error: any Error, in store: Store) -> WorkerReport {
    switch error {
    case LaboratoryError.damagedArtifact(let key, let damage):
      // What cannot be deleted is found damaged again, and the coordinator counts.
      _ = try? store.removeDamaged(key)
      return .failed(.damagedInput(key, damage))
    case let error as LaboratoryError where error.stopsTheRun: return .unable(error)
    default:
      // Other libraries have their own words for a full disk.
      do { try store.probe() } catch let error as LaboratoryError {
        if error.stopsTheRun { return .unable(error) }
      } catch {}
      return .failed(.artifact(message: "\(error)"))
    }
  }

  private static func send(_ report: WorkerReport, to descriptor: Int32) {
    let code = StandardStreams.write(MessageLine.encode(report), to: descriptor)
    if code == 0 { return }
    // Where the coordinator is gone, nobody is left to hear of it.
    if [EPIPE, ECONNRESET].contains(code) { _exit(0) }
    StandardStreams.tell(
      "the worker cannot report to its coordinator: \(String(cString: strerror(code)))\n")
    _exit(1)
  }
}

/// Orders on their way from the reading thread to the main thread, and the claim to keep alive.
private final class Inbox: @unchecked Sendable {
  private let condition = NSCondition()
  private var orders: [WorkerOrder] = []
  private var claim: Claim?

  func next() -> WorkerOrder {
    condition.lock()
    defer { condition.unlock() }
    while orders.isEmpty { condition.wait() }
    return orders.removeFirst()
  }

  func hold(_ claim: Claim?) { condition.withLock { self.claim = claim } }

  /// Reads orders until the other end closes, which ends the process, whatever it is doing.
  func read(from descriptor: Int32) -> Never {
    var lines = LineBuffer()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var lastBeat = MonotonicClock.seconds()
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&waiting, 1, 1000)
      if count > 0 {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count == 0 || (count < 0 && errno != EINTR) { _exit(0) }
        for line in lines.append(buffer[..<max(count, 0)]) {
          guard let order = MessageLine.decode(WorkerOrder.self, from: line) else {
            fatalError("a worker speaks only with its coordinator, of the same version")
          }
          condition.withLock {
            orders.append(order)
            condition.signal()
          }
        }
      }
      if MonotonicClock.seconds() - lastBeat >= ClaimWatch.heartbeatSeconds {
        lastBeat = MonotonicClock.seconds()
        condition.withLock { claim }?.beat()
      }
    }
  }
}
