package import Laboratory

/// A suite's plan: one case per analysis.
package enum SuiteWork: Sendable {
  case ablation(AblationDesign, AblationPlan)
  case collapse(CollapseDesign, AnalysisPlan<CollapseCell>)
  case conservation(ConservationDesign, AnalysisPlan<ConservationCell>)
  case schedule(ScheduleDesign, AnalysisPlan<ScheduleCell>)
  case instability(InstabilityDesign, AnalysisPlan<InstabilityCell>)
  case lottery(LotteryDesign, AnalysisPlan<LotteryCell>)
  case curve(CurveDesign, AnalysisPlan<CurveCell>)
  case plane(PlaneDesign, AnalysisPlan<PlaneCell>)
  case alignment(AlignmentDesign, AnalysisPlan<AlignmentCell>)
  case dropoutStability(DropoutStabilityDesign, AnalysisPlan<DropoutStabilityCell>)

  /// The work that answers `suite`.
  package init(expanding suite: Suite) throws {
    switch suite.analysis {
    case .ablation(let design):
      self = .ablation(design, try AblationPlan(expanding: suite, design))
    case .collapse(let design):
      self = .collapse(design, try AnalysisPlan(expanding: suite, design))
    case .conservation(let design):
      self = .conservation(design, try AnalysisPlan(expanding: suite, design))
    case .schedule(let design):
      self = .schedule(design, try AnalysisPlan(expanding: suite, design))
    case .instability(let design):
      self = .instability(design, try AnalysisPlan(expanding: suite, design))
    case .lottery(let design):
      self = .lottery(design, try AnalysisPlan(expanding: suite, design))
    case .curve(let design):
      self = .curve(design, try AnalysisPlan(expanding: suite, design))
    case .plane(let design):
      self = .plane(design, try AnalysisPlan(expanding: suite, design))
    case .alignment(let design):
      self = .alignment(design, try AnalysisPlan(expanding: suite, design))
    case .dropoutStability(let design):
      self = .dropoutStability(design, try AnalysisPlan(expanding: suite, design))
    }
  }

  /// Each artifact after those it needs.
  package var artifacts: [Artifact] {
    switch self {
    case .ablation(_, let plan): plan.artifacts
    case .collapse(_, let plan): plan.artifacts
    case .conservation(_, let plan): plan.artifacts
    case .schedule(_, let plan): plan.artifacts
    case .instability(_, let plan): plan.artifacts
    case .lottery(_, let plan): plan.artifacts
    case .curve(_, let plan): plan.artifacts
    case .plane(_, let plan): plan.artifacts
    case .alignment(_, let plan): plan.artifacts
    case .dropoutStability(_, let plan): plan.artifacts
    }
  }

  /// Runs that the report lists.
  package var runs: Int {
    switch self {
    case .ablation(_, let plan): plan.cells.count
    case .collapse(_, let plan): plan.cells.count
    case .conservation(_, let plan): plan.cells.count
    case .schedule(_, let plan): plan.cells.count
    case .instability(_, let plan): plan.cells.count
    case .lottery(_, let plan): plan.cells.count
    case .curve(_, let plan): plan.cells.count
    case .plane(_, let plan): plan.cells.count
    case .alignment(_, let plan): plan.cells.count
    case .dropoutStability(_, let plan): plan.cells.count
    }
  }

  /// Trainings that a runner which shares nothing would do for these runs; `nil` where no one counts them.
  package var unsharedTrainings: Int? {
    switch self {
    case .ablation, .collapse, .conservation, .schedule, .alignment, .dropoutStability: nil
    case .curve(let design, let plan): plan.unsharedTrainings(design)
    case .plane(let design, let plan): plan.unsharedTrainings(design)
    case .instability(_, let plan): plan.unsharedTrainings
    case .lottery(_, let plan): plan.unsharedTrainings
    }
  }

  /// The report of what `store` has.
  package func report(on suite: Suite, from store: Store) throws -> any SuiteReport {
    switch self {
    case .ablation(let design, let plan):
      try AblationReport(suite: suite, design: design, work: plan, store: store)
    case .collapse(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, work: plan, stored: StoredResults(plan, \.key, store))
    case .conservation(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, work: plan, stored: StoredResults(plan, \.key, store))
    case .schedule(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, work: plan, stored: StoredResults(plan, \.key, store))
    case .instability(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, work: plan, stored: StoredResults(plan, \.key, store))
    case .lottery(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, stored: StoredLottery(plan, design.rules.split, store))
    case .curve(let design, let plan):
      try AnalysisReport(suite: suite, design: design, work: plan, store: store)
    case .plane(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, work: plan, stored: StoredResults(plan, \.key, store))
    case .alignment(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, work: plan,
        alignments: StoredResults(plan, \.alignment, store),
        before: StoredResults(plan, \.before, store), after: StoredResults(plan, \.after, store))
    case .dropoutStability(let design, let plan):
      try AnalysisReport(
        suite: suite, design: design, work: plan, paths: StoredResults(plan, \.path, store),
        segments: StoredResults(plan, \.segment, store))
    }
  }
}
