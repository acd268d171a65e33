/// How many runs a suite may have, so that one of millions is refused before it is expanded.
package enum SuiteSize {
  /// The most runs of one suite.
  package static let most = 200_000

  /// The product of `factors`, which no number of things is too large for.
  package static func product(_ factors: Int...) -> Double {
    factors.reduce(1.0) { $0 * Double($1) }
  }
}
