import Recipes

/// What can be wrong with data.
package enum DatasetError: Error, Hashable {
  /// A file that a dataset needs and that was given no path, or that cannot be opened.
  case missing(file: String, problem: String)
  /// A file whose contents are not what they should be.
  case malformed(file: String, problem: String)
  /// A file of the user's own whose contents are not what they should be, and what to do.
  case unfit(file: String, problem: String, remedy: String)
  /// A file that is not the one the recipe names.
  case changed(file: String, expected: String, found: String)
  /// A scoring set that the training split cannot give.
  case tooFew(wanted: Int, present: Int, what: String)
  /// Examples wanted of a dataset that has none.
  case noExamples
}

extension DatasetError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .missing(let file, let problem):
      "\(file): \(problem); name the folder that holds it with --data DIR or ESPALIER_DATA"
    case .malformed(let file, let problem):
      "\(file): \(problem); fetch the file again"
    case .unfit(let file, let problem, let remedy): "\(file): \(problem); \(remedy)"
    case .changed(let file, let expected, let found):
      "\(file): its SHA-256 is \(found.prefix(12))… and the plan was made for "
        + "\(expected.prefix(12))…: the file changed; start the run again"
    case .tooFew(let wanted, let present, let what):
      "the training split holds \(present) \(what) and \(wanted) are wanted; score on fewer"
    case .noExamples:
      "`dataset: none` has no examples; name a dataset, or use criteria that read none: "
        + Criterion.namesWithoutExamples
    }
  }
}
