/// A program that computes scores, and the files its answer depends on.
package struct CommandSpecification: Hashable, Sendable, Codable {
  /// Program and its arguments, run in the suite's folder; the paths of the weights file, the batch
  /// file and the scores file to write are appended.
  package let arguments: [String]
  /// SHA-256 of every argument that names a file in the suite's folder, and of the files that the suite says
  /// the program depends on.
  package let digests: [String: String]
  /// Seconds after which the program is stopped.
  package let timeout: Double

  /// A command's specification.
  package init(arguments: [String], digests: [String: String], timeout: Double) {
    self.arguments = arguments
    self.digests = digests
    self.timeout = timeout
  }
}

extension Criterion {
  /// A user's program: reads weights and a batch, writes scores.
  package static let command = Criterion(
    name: "command", words: "", formula: "whatever the program writes",
    source: "a program of the user's",
    options: [
      .command(
        "command", words: "command {}", help: "a program that reads a batch and writes scores")
    ],
    reads: .examples,
    cost: Cost(passes: 1, start: 2, bytesPerWeight: 16, bytesPerOutput: 8))
}

extension Described<Criterion> {
  /// A user's program.
  package init(_ command: CommandSpecification) {
    self.init(.command, ["command": .command(command)])
  }

  /// The user's program that computes the scores; `nil` where the toolkit does.
  package var command: CommandSpecification? {
    guard case .command(let command)? = options["command"] else { return nil }
    return command
  }
}
