import Foundation
import Processes
import Recipes

/// One run of a user's program that reads weights and a batch and writes scores.
final class CommandRun {
  private let command: CommandSpecification
  private let program: SupervisedProgram

  /// Where the program reads weights and batch, and writes scores; nothing is in them yet.
  let weights, batch, scores: URL

  /// Prepares the run; the program starts with ``run()``, in `folder`.
  init(_ command: CommandSpecification, in folder: URL) throws {
    self.command = command
    do {
      program = try SupervisedProgram(
        { command.arguments + Self.files(in: $0).map(\.path) }, seconds: command.timeout,
        in: folder)
    } catch {
      throw Self.failure(of: command, error.words(SystemReason.words))
    }
    let files = Self.files(in: program.exchange)
    (weights, batch, scores) = (files[0], files[1], files[2])
  }

  private static func files(in exchange: URL) -> [URL] {
    ["weights", "batch", "scores"].map {
      exchange.appendingPathComponent("\($0).safetensors")
    }
  }

  /// Runs the program; throws unless it ends with status 0 in time.
  func run() throws {
    program.start()
    let ending = program.ending()
    switch ending {
    case .exited("0"): return
    case .late:
      throw failure(
        "gave no scores within \(command.timeout.formatted) s and was stopped; "
          + "raise its timeout if it needs longer")
    default: throw failure(ending.words)
    }
  }

  /// Waits until whatever is left of the program is gone, and its files with it.
  func end() { program.end() }

  /// What is wrong with the program, its last words with it.
  func failure(_ problem: String) -> PruningError {
    let words = program.lastWords
    return Self.failure(
      of: command,
      problem.replacingOccurrences(of: program.exchange.path + "/", with: "")
        + (words.isEmpty ? "" : "; it said: \(words)"))
  }

  private static func failure(of command: CommandSpecification, _ problem: String) -> PruningError {
    .command(arguments: command.arguments, problem: problem)
  }
}

extension Double {
  /// `60`, or `2.5`.
  fileprivate var formatted: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
