import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A scoring program ends with the run, however that ends, and so does all that it started.
@Suite struct ProgramLifeTests {
  /// Who is sent which signal.
  enum End: String, CaseIterable {
    case workerKilled = "kill -9 of the worker"
    case coordinatorKilled = "kill -9 of the coordinator"
    case groupKilled = "kill -9 of the group"
    case groupTerminated = "TERM to the group"
    case hungUp = "HUP to the group"
    case interrupted = "^C"
  }

  @Test(arguments: End.allCases)
  func aProgramEndsWithItsRun(end: End) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      setsid sleep 311 &
      echo "$$ $! $(dirname "$3")" >> started
      sleep 312
      """, to: "score.sh")
    try program.write(
      Program.suite.replacing(
        "  snip: snip", with: "  mine: {criterion: {command: [sh, score.sh], timeout: 300s}}"),
      to: "suite.yaml")
    let process = try Self.takingHangups {
      try program.start(["run", "suite.yaml", "--workers", "1"])
    }
    defer { kill(-process.processIdentifier, SIGKILL) }
    let run = process.processIdentifier
    let line = try #require(Self.within(60) { Self.started(program).first })
    #expect(line.ids.allSatisfy(Self.isAlive))
    #expect(FileManager.default.fileExists(atPath: line.folder + "/batch.safetensors"))
    switch end {
    case .workerKilled: kill(try #require(Self.children(of: run).first), SIGKILL)
    case .coordinatorKilled: kill(run, SIGKILL)
    case .groupKilled: kill(-run, SIGKILL)
    case .groupTerminated: kill(-run, SIGTERM)
    case .hungUp: kill(-run, SIGHUP)
    case .interrupted: kill(-run, SIGINT)
    }
    let isOver = Self.within(20) { () -> Bool? in
      !line.ids.contains(where: Self.isAlive)
        && !FileManager.default.fileExists(atPath: line.folder) ? true : nil
    }
    #expect(isOver == true, "\(end.rawValue)")
    if end == .workerKilled { kill(-run, SIGINT) }
    #expect(Self.within(20) { process.isRunning ? nil : true } == true, "\(end.rawValue)")
    // Nor does any that was started since.
    let rest = Self.within(20) { () -> Bool? in
      Self.started(program).allSatisfy {
        !$0.ids.contains(where: Self.isAlive)
          && !FileManager.default.fileExists(atPath: $0.folder)
      } ? true : nil
    }
    #expect(rest == true, "\(end.rawValue)")
    for id in Self.started(program).flatMap(\.ids) where Self.isAlive(id) { kill(id, SIGKILL) }
  }

  /// Runs `body` in a thread that does not hold SIGHUP back, as those that run tests do and what they
  /// start inherits.
  private static func takingHangups<Value>(_ body: () throws -> Value) rethrows -> Value {
    var (hangup, before) = (sigset_t(), sigset_t())
    sigemptyset(&hangup)
    sigaddset(&hangup, SIGHUP)
    pthread_sigmask(SIG_UNBLOCK, &hangup, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
  }

  /// The programs that were started: itself and what it started, and where its files are.
  private static func started(_ program: Program) -> [(ids: [pid_t], folder: String)] {
    let text = (try? program.read("started")) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 3 else { return nil }
      return (parts[..<2].compactMap { pid_t($0) }, parts[2])
    }
  }

  private static func isAlive(_ id: pid_t) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
    return status.map { !$0.contains(") Z ") } ?? false
  }

  private static func children(of parent: pid_t) -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { id in
      guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let end = status.lastIndex(of: ")")
      else { return false }
      return status[end...].split(separator: " ")[2] == "\(parent)"
    }
  }

  /// What `find` finds before so many seconds are over.
  private static func within<Found>(_ seconds: Double, _ find: () -> Found?) -> Found? {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if let found = find() { return found }
      usleep(20_000)
    }
    return nil
  }
}
