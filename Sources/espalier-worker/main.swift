// The engine as a process: `espalier-worker` serves a coordinator on its standard input and output;
// `espalier-worker tool REQUEST` does one piece of work and ends.
import Experiments
import Foundation
import Laboratory
import Recipes
import Wording

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "tool", arguments.count == 2 {
  do {
    print(try Tool.run(try ToolRequest(decoding: arguments.last!)))
    try StandardStreams.flushOutput()
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
} else {
  WorkerService.serve(
    configure: { _, settings in try Workbench(settings: WorkerSettings(settings)) },
    run: { assignment, workbench in try workbench.make(assignment) })
}
