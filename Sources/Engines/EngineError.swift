/// What went wrong with a program that trains, in a sentence.
package struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program and its arguments.
  package let command: [String]
  /// What is wrong, and what to do.
  package let problem: String
  /// The end of what it said on standard error.
  package let lastWords: String
  /// Whether a signal ended it, which says nothing of what it was asked: asked once more, it may answer.
  package var wasKilled = false

  /// A failure of `command`.
  package init(command: [String], problem: String, lastWords: String = "", wasKilled: Bool = false)
  {
    (self.command, self.problem, self.lastWords) = (command, problem, lastWords)
    self.wasKilled = wasKilled
  }

  package var description: String {
    "the engine `\(command.joined(separator: " "))` \(problem)"
      + (lastWords.isEmpty ? "" : "; it said: \(lastWords)")
  }
}
