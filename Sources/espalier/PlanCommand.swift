import ArgumentParser
import Laboratory
import Suites
import Wording

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what a run would compute, what is there, and why.")

  @OptionGroup var options: SuiteOptions

  @Flag(help: "List every artifact.")
  var all = false

  @Flag(help: "Answer in JSON.")
  var json = false

  @Option(
    help:
      "What the design would show if paired differences spread by this standard deviation, in the metric's unit. (default: as the runs in the store do)"
  )
  var sd: Double?

  func validate() throws {
    if let sd, !(sd > 0 && sd < .infinity) {
      throw ValidationError("--sd \(sd): write a standard deviation above 0, such as 0.2")
    }
  }

  func run() throws {
    let store = try options.storeOptions.openedAndTold()
    let planned = try options.planned()
    let answer = try PlanAnswer(
      of: planned, in: store, workers: options.workerNumber.count(planned.settings), deviation: sd,
      listsAll: all)
    if json {
      try say(Output.json(answer))
    } else {
      for line in answer.lines { try say(line) }
    }
  }
}
