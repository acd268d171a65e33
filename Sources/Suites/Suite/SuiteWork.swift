import Foundation
package import Laboratory

/// A suite's plan, whichever analysis it asks for.
package struct SuiteWork: Sendable {
  /// Each artifact after those it needs.
  package let artifacts: [Artifact]
  /// Runs that the report lists.
  package let runs: Int
  /// Trainings that a runner which shares nothing would do for these runs; `nil` where no one counts them.
  package let unsharedTrainings: Int?

  private let makeReport: @Sendable (Store) throws -> AnalysisReport
  private let stateTerms: @Sendable (Set<Key>) throws -> (terms: Statement, results: Key)

  /// The work that answers `decoded`.
  package init(expanding decoded: DecodedSuite) throws {
    try self.init(decoded.analysis, decoded.suite)
  }

  private init<A: Analysis>(_ analysis: A, _ suite: Suite) throws {
    let plan = try AnalysisPlan(expanding: suite, analysis)
    artifacts = plan.artifacts
    runs = plan.cells.count
    unsharedTrainings = analysis.unsharedTrainings(plan.cells)
    let stateTerms = { @Sendable (present: Set<Key>) throws -> (terms: Statement, results: Key) in
      let results = Set(plan.cells.flatMap(\.keys))
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let stated = StatedTerms(
        question: suite.question, settings: try analysis.settings(suite, plan))
      return (
        Statement(
          text: String(decoding: try encoder.encode(stated), as: UTF8.self),
          present: results.intersection(present).count, results: results.count),
        Key(of: results)
      )
    }
    self.stateTerms = stateTerms
    makeReport = { store in
      let records = Records(of: plan.artifacts, in: store)
      let (terms, results) = try stateTerms(records.keys)
      return try AnalysisReport(
        analysis, suite, plan, records,
        Registration(of: terms, after: try store.statements(about: results)))
    }
  }

  /// The report of what `store` has.
  package func report(from store: Store) throws -> AnalysisReport { try makeReport(store) }

  /// States the terms by which the results will be judged, with how many of them are in `store` already.
  ///
  /// - Parameter present: the artifacts that the store has.
  package func registerTerms(in store: Store, having present: Set<Key>) throws {
    let (terms, results) = try stateTerms(present)
    try store.state(terms, about: results)
  }
}

/// What is fixed about a report before its results are known.
private struct StatedTerms<Settings: Encodable>: Encodable {
  let question: String
  let settings: Settings
}
