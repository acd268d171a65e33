// The engine as a process: `espalier-worker` serves a coordinator on its standard input and output;
// `espalier-worker tool REQUEST` does one piece of work and ends; `espalier-worker bench PROCESSES` measures
// speed, in processes that run `espalier-worker bench-process`.
import Benchmarks
import Experiments
import Foundation
import Laboratory
import Recipes
import Wording

/// Prints the answer of `work`; what it throws becomes a sentence.
func answer(_ work: () throws -> String) {
  do {
    let code = StandardStreams.answer(try work() + "\n")
    guard code == 0 else {
      throw LaboratoryError.outputNotWritable(reason: String(cString: strerror(code)))
    }
  } catch {
    let words =
      switch error {
      case is DecodingError: "espalier and espalier-worker are not of one version; build both again"
      case is CocoaError, is POSIXError: SystemReason.words(error)
      default: "\(error)"
      }
    // Names of the user's files are among them.
    let lines = words.split(separator: "\n", omittingEmptySubsequences: false).map(\.printable)
    StandardStreams.tell("espalier: \(lines.joined(separator: "\n"))\n")
    exit(1)
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.dropFirst().first) {
case ("tool", let request?):
  answer {
    try Tool.run(
      try ToolRequest(decoding: request), renames: arguments.dropFirst(2).compactMap { Rename($0) }
    ) { StandardStreams.tell($0.printableLines + "\n") }
  }
case ("bench", let processes?): answer { try Benchmark.run(workers: Int(processes) ?? 1) }
case ("bench-process", nil):
  answer {
    try BenchmarkProcess.serve()
    return ""
  }
default:
  WorkerService.serve(
    configure: { _, settings in try Workbench(settings: WorkerSettings(settings)) },
    run: { assignment, workbench in try workbench.make(assignment) })
}
