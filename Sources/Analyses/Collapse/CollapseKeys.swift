import Suites

/// Further keys of a collapse suite.
enum CollapseKey: String, SuiteKey {
  case compressions, methods, draws
}

extension SuiteName {
  /// What `compressions:` may name.
  enum Compressions: String, CaseIterable {
    case powersOfTwo = "powers-of-two"
    case powersOfTen = "powers-of-ten"
  }
}

/// Keys below `powers-of-ten:`.
enum PowersKey: String, SuiteKey {
  case to, step
}
