import Foundation
import Recipes
import Wording

/// One run of a user's program under `espalier-supervisor`, a process that sees to it that nothing of the
/// program outlives this one, whatever ends this one: neither a process that the program started nor the
/// folder that files are exchanged in.
final class CommandRun {
  private let command: CommandSpecification
  private let exchange: URL
  private let process = Process()
  private let orders = Pipe()
  private let answers = Pipe()
  private var received = Data()
  private var isStarted = false

  /// Where the program reads weights and batch, and writes scores; nothing is in them yet.
  let weights: URL
  let batch: URL
  let scores: URL

  /// Starts the supervisor, which makes the folder; the program starts with ``run()``, in `folder`.
  init(_ command: CommandSpecification, in folder: URL) throws {
    self.command = command
    exchange = FileManager.default.temporaryDirectory
      .appendingPathComponent("espalier-\(UUID().uuidString)")
    weights = exchange.appendingPathComponent("weights.safetensors")
    batch = exchange.appendingPathComponent("batch.safetensors")
    scores = exchange.appendingPathComponent("scores.safetensors")
    process.executableURL = Self.supervisor
    process.arguments =
      [exchange.path, "\(command.timeout)"] + command.arguments
      + [weights, batch, scores].map(\.path)
    process.currentDirectoryURL = folder
    process.standardInput = orders
    process.standardOutput = answers
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      isStarted = true
    } catch {
      throw failure(
        "cannot be started from \(folder.path) by \(Self.supervisor.path) "
          + "(\(SystemReason.words(error)))")
    }
    let answer = answer()
    guard answer == "ready" else {
      end()
      guard let reason = Self.refusal(in: answer) else { throw failure(Self.supervisorEnded) }
      throw failure(
        "cannot be started: \(exchange.path) cannot be made (\(reason)); "
          + "name a folder that can be written by TMPDIR")
    }
  }

  deinit { end() }

  /// Runs the program; throws unless it ends with status 0 in time.
  func run() throws {
    try? orders.fileHandleForWriting.write(contentsOf: Data("r".utf8))
    let answer = answer().split(separator: " ", maxSplits: 1).map(String.init)
    switch (answer.first, answer.last) {
    case ("exited", "0"): return
    case ("exited", let status?): throw failure("ended with status \(status)")
    case ("killed", let signal?): throw failure("was ended by signal \(signal)")
    case ("late", _):
      throw failure(
        "gave no scores within \(command.timeout.formatted) s and was stopped; "
          + "raise its timeout if it needs longer")
    case ("refused", let reason?): throw failure("cannot be started (\(reason))")
    default: throw failure(Self.supervisorEnded)
    }
  }

  private static let supervisorEnded =
    "was stopped: its supervisor was ended by someone else; run the suite again"

  /// Why the supervisor refused; `nil` where it did not say so.
  private static func refusal(in answer: String) -> String? {
    let words = answer.split(separator: " ", maxSplits: 1).map(String.init)
    return words.count == 2 && words[0] == "refused" ? words[1] : nil
  }

  /// Waits until whatever is left of the program is gone, and the folder with it.
  func end() {
    guard isStarted else { return }
    try? orders.fileHandleForWriting.close()
    while !answers.fileHandleForReading.availableData.isEmpty {}
    // Its work, unless someone ended it.
    try? FileManager.default.removeItem(at: exchange)
  }

  /// What is wrong with the program, its last words with it.
  func failure(_ problem: String) -> PruningError {
    let words = lastWords()
    return .command(
      arguments: command.arguments,
      problem: problem.replacingOccurrences(of: exchange.path + "/", with: "")
        + (words.isEmpty ? "" : "; it said: \(words)"))
  }

  /// Beside this program, where `swift build` puts it.
  private static let supervisor: URL = {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: program).deletingLastPathComponent()
      .appendingPathComponent("espalier-supervisor")
  }()

  /// The supervisor's next line; empty where it is gone.
  private func answer() -> String {
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

  private func lastWords() -> String {
    guard
      let said = FileHandle(forReadingAtPath: exchange.appendingPathComponent("log").path),
      let end = try? said.seekToEnd(), (try? said.seek(toOffset: end - min(end, 2000))) != nil
    else { return "" }
    return String(decoding: (try? said.readToEnd()) ?? Data(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
      .split(separator: "\n", omittingEmptySubsequences: false).map(\.printable)
      .joined(separator: "\n")
  }
}

extension Double {
  /// `60`, or `2.5`.
  fileprivate var formatted: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
