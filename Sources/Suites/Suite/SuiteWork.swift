import Foundation
package import Laboratory
import Wording

/// A suite's plan, whichever analysis it asks for.
package struct SuiteWork: Sendable {
  /// Each artifact after those it needs.
  package let artifacts: [Artifact]
  /// Runs that the report lists.
  package let runs: Int
  /// Those runs, in the suite's order.
  package let cells: [PlacedCell]
  /// Trainings that a runner which shares nothing would do for these runs; `nil` where no one counts them.
  package let unsharedTrainings: Int?
  /// The look that these artifacts are for; `nil` in suites of one look.
  package let look: SuiteLook?

  private let makeReport: @Sendable (Store) throws -> AnalysisReport
  private let makeForecast: @Sendable (Double?, Store) throws -> SuiteForecast?
  private let makeWarning: @Sendable (Store) throws -> String?
  private let stateTerms: @Sendable (Set<Key>) throws -> (terms: Statement, results: Key)

  /// The work that answers `decoded`; of a suite of several looks, that of the first one and of those that the
  /// results in `store` do not make needless.
  package init(expanding decoded: DecodedSuite, having store: Store? = nil) throws {
    try self.init(decoded.analysis, decoded.suite, store)
  }

  private init<A: Analysis>(_ analysis: A, _ suite: Suite, _ store: Store?) throws {
    let looks = try LooksTaken(analysis, suite, store)
    let plan = looks.plan
    let cells = plan.cells.map { PlacedCell(place: $0.place, keys: $0.keys) }
    self.cells = cells
    artifacts =
      suite.keepsWeights ? plan.artifacts.keepingWeights(of: cells) : plan.artifacts
    runs = plan.cells.count
    unsharedTrainings = analysis.unsharedTrainings(plan.cells)
    look = looks.current
    stateTerms = { present in
      let terms = try StatedTerms(analysis, suite, plan)
      return (try terms.statement(about: plan.results, having: present), plan.registered)
    }
    makeWarning = { store in
      let statements = try store.statements(about: plan.registered)
      guard A.decides, let design = try StatedDesign.registered(by: statements),
        let last = design.replicates, last > 1,
        suite.replicates > last
      else { return nil }
      return
        "\(Format.count(last, "replicate")) were registered for this suite, and all of α with them: runs beyond are shown"
        + " and claim nothing; another seed starts anew"
    }
    makeForecast = { deviation, store in
      let records = Records(of: plan.artifacts, in: store)
      let terms = try Terms(analysis, suite, plan, records, in: store)
      guard let looks = terms.allLooks else { return nil }
      let claims = try analysis.plannedClaims(
        try terms.rows(analysis, suite, plan, records), terms)
      return try claims.flatMap {
        try SuiteForecast($0, looks, deviation: deviation, seed: suite.seed)
      }
    }
    makeReport = { store in
      let records = Records(of: plan.artifacts, in: store)
      return try AnalysisReport(
        analysis, suite, plan, records,
        registered: try store.statements(analysis, suite, plan, having: records.keys))
    }
  }

  /// The report of what `store` has.
  package func report(from store: Store) throws -> AnalysisReport { try makeReport(store) }

  /// What is to be known before work is done for nothing: that α was registered for another design, and is spent
  /// where the suite goes beyond it; `nil` where it is not.
  package func warning(in store: Store) throws -> String? { try makeWarning(store) }

  /// What the design may be expected to show where differences spread by `deviation`, or as the runs in `store` do;
  /// `nil` where that is not known, and for analyses that forecast nothing.
  package func forecast(deviation: Double?, from store: Store) throws -> SuiteForecast? {
    try makeForecast(deviation, store)
  }

  /// States the terms by which the results will be judged, with how many of them are in `store` already.
  ///
  /// - Parameter present: the artifacts that the store has.
  package func registerTerms(in store: Store, having present: Set<Key>) throws {
    let (terms, results) = try stateTerms(present)
    try store.state(terms, about: results)
  }
}

extension [Artifact] {
  /// The same, of which the last states of `cells` keep their weights.
  fileprivate func keepingWeights(of cells: [PlacedCell]) -> [Artifact] {
    let keys = Set(cells.flatMap(\.keys))
    return map { artifact in
      guard keys.contains(artifact.key), let file = artifact.weightsFile else { return artifact }
      return artifact.keeping([file])
    }
  }
}
