import Foundation
import Recipes
import Synchronization

/// One run of a user's program, with a time limit and its last words kept.
struct CommandRun {
  let command: CommandSpecification
  let folder: URL

  /// Runs the program with `extra` arguments; throws unless it ends with status 0 in time.
  func run(appending extra: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command.arguments + extra
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    let output = Mutex(Data())
    let drained = DispatchSemaphore(value: 0)
    pipe.fileHandleForReading.readabilityHandler = { handle in
      let chunk = handle.availableData
      if chunk.isEmpty {
        handle.readabilityHandler = nil
        drained.signal()
      } else {
        output.withLock { $0 = ($0 + chunk).suffix(2000) }
      }
    }
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw failure("cannot be started (\(error.localizedDescription))", output: nil)
    }
    guard ended.wait(timeout: .now() + command.timeout) == .success else {
      process.terminate()
      if ended.wait(timeout: .now() + 2) == .timedOut { kill(process.processIdentifier, SIGKILL) }
      pipe.fileHandleForReading.readabilityHandler = nil
      throw failure(
        "gave no scores within \(Int(command.timeout)) s and was stopped; "
          + "raise its timeout if it needs longer", output: output.withLock { $0 })
    }
    // A grandchild may hold the pipe open for as long as it likes.
    _ = drained.wait(timeout: .now() + 1)
    pipe.fileHandleForReading.readabilityHandler = nil
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      let how =
        process.terminationReason == .exit
        ? "ended with status \(process.terminationStatus)"
        : "was ended by signal \(process.terminationStatus)"
      throw failure(how, output: output.withLock { $0 })
    }
  }

  private func failure(_ problem: String, output: Data?) -> PruningError {
    let words = String(decoding: output ?? Data(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return .command(
      arguments: command.arguments,
      problem: problem + (words.isEmpty ? "" : "; it said: \(words)"))
  }
}
