/// What went wrong with a program that trains, in a sentence.
package struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program and its arguments.
  package let command: [String]
  /// What is wrong, and what to do.
  package let problem: String
  /// The end of what it said on standard error.
  package let lastWords: String

  package var description: String {
    "the engine `\(command.joined(separator: " "))` \(problem)"
      + (lastWords.isEmpty ? "" : "; it said: \(lastWords)")
  }
}
