import Foundation
import Recipes

/// One run of a user's program, with a time limit and its last words kept.
struct CommandRun {
  let command: CommandSpecification
  let folder: URL
  /// Where all that the program says goes: a file takes any amount, whoever holds it open.
  let log: URL

  /// Runs the program with `extra` arguments; throws unless it ends with status 0 in time.
  func run(appending extra: [String]) throws {
    guard FileManager.default.createFile(atPath: log.path, contents: nil),
      let output = FileHandle(forWritingAtPath: log.path)
    else { throw failure("cannot be started: \(log.path) cannot be written") }
    defer { try? output.close() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command.arguments + extra
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw failure("cannot be started (\(error.localizedDescription))")
    }
    guard ended.wait(timeout: .now() + command.timeout) == .success else {
      // Foundation makes a process the leader of its own group, so what it started is stopped too.
      kill(-process.processIdentifier, SIGTERM)
      _ = ended.wait(timeout: .now() + 2)
      kill(-process.processIdentifier, SIGKILL)
      throw failure(
        "gave no scores within \(Int(command.timeout)) s and was stopped; "
          + "raise its timeout if it needs longer")
    }
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw failure(
        process.terminationReason == .exit
          ? "ended with status \(process.terminationStatus)"
          : "was ended by signal \(process.terminationStatus)")
    }
  }

  private func failure(_ problem: String) -> PruningError {
    let words = lastWords()
    return .command(
      arguments: command.arguments,
      problem: problem + (words.isEmpty ? "" : "; it said: \(words)"))
  }

  private func lastWords() -> String {
    guard let said = FileHandle(forReadingAtPath: log.path), let end = try? said.seekToEnd(),
      (try? said.seek(toOffset: end - min(end, 2000))) != nil
    else { return "" }
    return String(decoding: (try? said.readToEnd()) ?? Data(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
