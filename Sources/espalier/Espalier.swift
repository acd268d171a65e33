import Analyses
import ArgumentParser
import Foundation
import Laboratory
import Recipes
import Suites

@main
struct Espalier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "espalier",
    abstract: "Find out what a pruning method really does to a neural network.",
    discussion: """
      Start with a suite, run it, and read the report beside it:

        espalier new ablation > suite.yaml
        espalier run suite.yaml
      """,
    version: Toolkit.version,
    subcommands: [
      New.self, ListCommand.self, Run.self, PlanCommand.self, Status.self, ShowCommand.self,
      ExportCommand.self, ReportCommand.self, ScoreCommand.self,
      MaskCommand.self, WeightsCommand.self, InterpolateCommand.self, CurveCommand.self,
      PlaneCommand.self, AlignCommand.self, Inspect.self, DataCommand.self, StoreCommand.self,
      NotebookCommand.self, ExplainCommand.self, IndexCommand.self, Bench.self,
    ])

  /// Parses and runs a command; every failure becomes a sentence.
  static func main() {
    StandardStreams.prepare()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    var code = exitCode(for: error).rawValue
    let message = sentence(for: error)
    if code != 0 {
      if !message.isEmpty { Output.complain(message + "\n") }
    } else {
      // Help and the version are answers.
      do {
        if !message.isEmpty { try say(message) }
      } catch {
        Output.complain("Error: \(error)\n")
        code = ExitCode.failure.rawValue
      }
    }
    Foundation.exit(code)
  }

  private static func sentence(for error: any Error) -> String {
    let message = fullMessage(for: error)
    if let command = UnknownCommand(CommandLine.arguments.dropFirst(), root: Espalier.self),
      message.hasPrefix("Error: Unexpected argument") || message.contains("unexpected arguments: ")
    {
      let rest = message.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      return (["Error: \(command.description)"] + rest).joined(separator: "\n")
    }
    // Foundation's errors speak of domains and numbers, decoders of coding keys.
    switch error {
    case let error as CocoaError:
      return "Error: \(error.filePath.map { "\($0): " } ?? "")cannot be read or written"
        + " (\(SystemReason.words(error))); check the path"
    case is DecodingError:
      return "Error: a record of the store does not hold what it should; run the suite again after"
        + " 'espalier store gc'"
    default: return message
    }
  }
}

/// A first word that no command has.
struct UnknownCommand: CustomStringConvertible {
  let word: String
  let nearest: String?

  /// The word among `arguments` that names no command below `root`; `nil` where all are known.
  init?(_ arguments: some Sequence<String>, root: any ParsableCommand.Type) {
    var command = root
    for word in arguments {
      guard !word.hasPrefix("-"), !command.configuration.subcommands.isEmpty else { return nil }
      let names = command.configuration.subcommands.map { $0._commandName }
      guard let index = names.firstIndex(of: word) else {
        self.word = word
        nearest = Suggestion.nearest(to: word, among: names + ["help"])
        return
      }
      command = command.configuration.subcommands[index]
    }
    return nil
  }

  var description: String {
    "there is no command '\(word)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
  }
}
