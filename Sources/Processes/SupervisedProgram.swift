package import Foundation
import Wording

/// A user's program under `espalier-supervisor`, a process that sees to it that nothing of the program outlives this
/// one, whatever ends this one: neither a process that the program started nor the folder that files are exchanged in.
package final class SupervisedProgram {
  /// How a program came to its end.
  package enum Ending: Hashable, Sendable {
    case exited(status: String)
    case killed(signal: String)
    /// It was stopped when its time was over.
    case late
    /// It could not be started.
    case refused(reason: String)
    /// Someone else ended the supervisor.
    case lost

    /// What is wrong where it should not have ended so.
    package var words: String {
      switch self {
      case .exited(let status): "ended with status \(status)"
      case .killed(let signal): "was ended by signal \(signal)"
      case .late: "was stopped when its time was over"
      case .refused(let reason): "cannot be started (\(reason))"
      case .lost: "was stopped: its supervisor was ended by someone else; run the suite again"
      }
    }
  }

  /// Why nothing could be started.
  package enum Failure: Error {
    /// The supervisor at a path, started from a folder.
    case supervisor(path: String, folder: String, any Error)
    /// The folder of exchange cannot be made.
    case folder(path: String, reason: String)
    case lost

    /// What is wrong, and what to do; `reason` tells what the system's errors mean.
    package func words(_ reason: (any Error) -> String) -> String {
      switch self {
      case .supervisor(let path, let folder, let error):
        "cannot be started from \(folder) by \(path) (\(reason(error)))"
      case .folder(let path, let reason):
        "cannot be started: \(path) cannot be made (\(reason)); name a folder that can be written by TMPDIR"
      case .lost: Ending.lost.words
      }
    }
  }

  /// The folder in which files are exchanged; nothing but the program's log is in it yet.
  package let exchange: URL
  private let process = Process()
  private let orders = Pipe()
  private let answers = Pipe()
  private var received = Data()
  private var isStarted = false

  /// Starts the supervisor, which makes the folder of exchange; the program starts with ``start()``, in `folder`, and is
  /// stopped after `seconds`.
  ///
  /// - Parameters:
  ///   - words: program and arguments, which may name files of exchange.
  ///   - seconds: after which it is stopped.
  ///   - folder: where it runs.
  package init(_ words: (URL) -> [String], seconds: Double, in folder: URL) throws(Failure) {
    exchange = FileManager.default.temporaryDirectory
      .appendingPathComponent("espalier-\(UUID().uuidString)")
    process.executableURL = Self.supervisor
    process.arguments = [exchange.path, "\(seconds)"] + words(exchange)
    process.currentDirectoryURL = folder
    process.standardInput = orders
    process.standardOutput = answers
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      isStarted = true
    } catch {
      throw .supervisor(path: Self.supervisor.path, folder: folder.path, error)
    }
    let answer = line()
    guard answer == "ready" else {
      end()
      guard case .refused(let reason) = Self.ending(in: answer) else { throw .lost }
      throw .folder(path: exchange.path, reason: reason)
    }
  }

  deinit { end() }

  /// Starts the program.
  package func start() {
    try? orders.fileHandleForWriting.write(contentsOf: Data("r".utf8))
  }

  /// Waits until the program has ended, and all that it started with it.
  package func ending() -> Ending { Self.ending(in: line()) }

  /// Waits until whatever is left of the program is gone, and the folder with it.
  package func end() {
    guard isStarted else { return }
    try? orders.fileHandleForWriting.close()
    while !answers.fileHandleForReading.availableData.isEmpty {}
    // Its work, unless someone ended it.
    try? FileManager.default.removeItem(at: exchange)
  }

  /// The end of what the program said.
  package var lastWords: String {
    guard
      let said = FileHandle(forReadingAtPath: exchange.appendingPathComponent("log").path),
      let end = try? said.seekToEnd(), (try? said.seek(toOffset: end - min(end, 2000))) != nil
    else { return "" }
    return String(decoding: (try? said.readToEnd()) ?? Data(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
      .split(separator: "\n", omittingEmptySubsequences: false).map(\.printable)
      .joined(separator: "\n")
  }

  /// Beside this program, where `swift build` puts it.
  private static let supervisor: URL = {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: program).deletingLastPathComponent()
      .appendingPathComponent("espalier-supervisor")
  }()

  private static func ending(in line: String) -> Ending {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    switch (words.first, words.last) {
    case ("exited", let status?): return .exited(status: status)
    case ("killed", let signal?): return .killed(signal: signal)
    case ("late", _): return .late
    case ("refused", let reason?): return .refused(reason: reason)
    default: return .lost
    }
  }

  /// The supervisor's next line; empty where it is gone.
  private func line() -> String {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        defer { received = Data(received[(end + 1)...]) }
        return String(decoding: received[..<end], as: UTF8.self)
      }
      let more = answers.fileHandleForReading.availableData
      if more.isEmpty { return "" }
      received += more
    }
  }
}
