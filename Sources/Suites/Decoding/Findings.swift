/// Collects what decoding finds, so that all problems of a suite are told at once.
package final class Findings {
  /// The suite's file as the user named it.
  package let file: String
  /// Mistakes, in the order in which they were met.
  private(set) var problems: [SuiteProblem] = []
  /// Doubts, in the order in which they were met.
  private(set) var warnings: [SuiteWarning] = []

  /// What stands in no file, by the path of its value.
  private var origins: [(path: String, name: String)] = []

  /// No findings yet.
  package init(file: String) { self.file = file }

  /// Has what is noted at `path`, and below it, told as of `origin`, which is no file and has no lines.
  func attribute(_ path: String, to origin: String) { origins.append((path, origin)) }

  /// File and line of what is noted at `path`; line 0 is none.
  private func place(of path: String, line: Int) -> (file: String, line: Int) {
    let origin = origins.last { path == $0.path || path.hasPrefix($0.path + ".") }
    return origin.map { ($0.name, 0) } ?? (file, line)
  }

  /// Notes a mistake.
  package func add(_ fault: SuiteFault, line: Int, path: String) {
    let place = place(of: path, line: line)
    let problem = SuiteProblem(file: place.file, line: place.line, path: path, content: fault)
    // A list that is wrong in one way names it once, however often it is read.
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Notes a doubt.
  package func add(_ doubt: SuiteDoubt, line: Int, path: String) {
    let place = place(of: path, line: line)
    warnings.append(SuiteWarning(file: place.file, line: place.line, path: path, content: doubt))
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
