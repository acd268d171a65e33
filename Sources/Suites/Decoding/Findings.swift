/// Collects what decoding finds, so that all problems of a suite are told at once.
package final class Findings {
  /// The suite's file as the user named it.
  package let file: String
  /// Mistakes, in the order in which they were met.
  private(set) var problems: [SuiteProblem] = []
  /// Doubts, in the order in which they were met.
  private(set) var warnings: [SuiteWarning] = []

  /// No findings yet.
  package init(file: String) { self.file = file }

  /// Notes a mistake.
  package func add(_ fault: SuiteFault, line: Int, path: String) {
    let problem = SuiteProblem(file: file, line: line, path: path, content: fault)
    // A list that is wrong in one way names it once, however often it is read.
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Notes a doubt.
  package func add(_ doubt: SuiteDoubt, line: Int, path: String) {
    warnings.append(SuiteWarning(file: file, line: line, path: path, content: doubt))
  }

  /// Throws all mistakes, by line.
  package func throwProblems() throws(SuiteError) {
    guard problems.isEmpty else {
      throw .invalid(
        problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
          .map(\.element))
    }
  }
}
