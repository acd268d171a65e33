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

  /// The work that answers `decoded`.
  package init(expanding decoded: DecodedSuite) throws {
    try self.init(decoded.analysis, decoded.suite)
  }

  private init(_ analysis: some Analysis, _ suite: Suite) throws {
    let plan = try AnalysisPlan(expanding: suite, analysis)
    artifacts = plan.artifacts
    runs = plan.cells.count
    unsharedTrainings = analysis.unsharedTrainings(plan.cells)
    makeReport = {
      try AnalysisReport(analysis, suite, plan, Records(of: plan.artifacts, in: $0))
    }
  }

  /// The report of what `store` has.
  package func report(from store: Store) throws -> AnalysisReport { try makeReport(store) }
}
