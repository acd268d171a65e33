import ArgumentParser
import Laboratory
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
      New.self, Run.self, PlanCommand.self, Status.self, ReportCommand.self, ScoreCommand.self,
      MaskCommand.self, WeightsCommand.self, InterpolateCommand.self, CurveCommand.self,
      PlaneCommand.self, AlignCommand.self, Inspect.self, DataCommand.self, StoreCommand.self,
      Bench.self,
    ])

  /// Parses, runs, and makes sure that what was printed arrived.
  static func main() {
    StandardStreams.prepare()
    do {
      var command = try parseAsRoot()
      try command.run()
      try StandardStreams.flushOutput()
    } catch  where exitCode(for: error).isSuccess {
      // Help that was asked for is output like any other.
      print(fullMessage(for: error))
      do { try StandardStreams.flushOutput() } catch { exit(withError: error) }
    } catch {
      exit(withError: error)
    }
  }
}

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a commented suite to start from.")

  enum Analysis: String, ExpressibleByArgument, CaseIterable {
    case ablation, collapse, conservation, schedule
    case lottery, instability, curve, plane, alignment
    case dropoutStability = "dropout-stability"
  }

  @Argument(help: "What the suite asks.")
  var analysis: Analysis

  func run() throws {
    switch analysis {
    case .ablation: print(SuiteTemplate.ablation, terminator: "")
    case .collapse: print(SuiteTemplate.collapse, terminator: "")
    case .conservation: print(SuiteTemplate.conservation, terminator: "")
    case .schedule: print(SuiteTemplate.schedule, terminator: "")
    case .instability: print(SuiteTemplate.instability, terminator: "")
    case .lottery: print(SuiteTemplate.lottery, terminator: "")
    case .curve: print(SuiteTemplate.curve, terminator: "")
    case .plane: print(SuiteTemplate.plane, terminator: "")
    case .alignment: print(SuiteTemplate.alignment, terminator: "")
    case .dropoutStability: print(SuiteTemplate.dropoutStability, terminator: "")
    }
  }
}
