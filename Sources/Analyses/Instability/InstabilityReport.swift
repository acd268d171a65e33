import Recipes
import Reports
import Suites
import Wording

/// What an instability report says beyond its rows.
struct InstabilitySettings: PathSettings, Hashable, Codable, Sendable {
  /// Networks asked about, the dense one first.
  let networks: [Subnetwork]
  /// Steps at which siblings part, ascending.
  let steps: [Step]
  /// Siblings of every parent.
  let orders: Int
  /// Points of error below which a network is stable.
  let stableBelow: Double
  /// Batch norm's statistics.
  let policies: [StatisticsPolicy]
  /// Whether anything is measured on training examples.
  let measuresTraining: Bool
  /// Whether training examples are augmented.
  let isAugmented: Bool
  /// Networks that the plan trains, and those that a runner which shares nothing would.
  let trainings, unsharedTrainings: Int
  /// Where tickets come from, in words.
  let ladder: String?
}

extension InstabilityDesign {
  var describedMethods: [Method] { methods }

  func settings(_ suite: Suite, _ plan: AnalysisPlan<InstabilityCell>) -> InstabilitySettings {
    InstabilitySettings(
      networks: networks, steps: steps, orders: orders, stableBelow: stableBelow,
      policies: measurement.measurement(of: suite).statistics,
      measuresTraining: measurement.trainingExamples > 0,
      isAugmented: suite.problem.dataset.augmentation != nil,
      trainings: plan.artifacts.trainings,
      unsharedTrainings: unsharedTrainings(plan.cells) ?? 0, ladder: ladder.map(Self.words))
  }

  private static func words(_ ladder: LotteryLadder) -> String {
    let schedule =
      ladder.schedule == .iterative
      ? "trained, pruned and rewound to k level by level" : "one shot after training"
    return "a ladder of \(Format.count(ladder.levels, "level")), each keeping "
      + "\(Format.percent(ladder.kept.value)) of the one before (\(schedule))"
  }

  func rows(_ suite: Suite, _ cells: [InstabilityCell], _ records: Records) throws
    -> [InstabilityRow]
  {
    let policies = measurement.measurement(of: suite).statistics
    return try cells.flatMap { cell -> [InstabilityRow] in
      switch try records.result(of: cell.key, as: Outcome<SegmentResult>.self) {
      case .found(let path): InstabilityRow.rows(cell, path, policies)
      case .diverged: [InstabilityRow(cell)]
      case nil: []
      }
    }
  }

  static func report(_ rows: [InstabilityRow], _ terms: Terms<InstabilitySettings>) throws
    -> [ReportSection]
  {
    let analysis = InstabilityAnalysis(rows, terms)
    return [
      try analysis.answerSection(), try analysis.stepSection(),
      try analysis.verdictSection(), analysis.errorSection, try analysis.segmentSection(),
      analysis.sharedWorkSection, .provenance(terms),
    ]
  }
}

extension InstabilityAnalysis {
  /// The question and its answer.
  func answerSection() throws -> ReportSection {
    let replicates = terms.replicates
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    let answers = try settings.networks.flatMap { network in
      try settings.policies.indices.compactMap { try answer(network, $0) }
    }
    section.say(
      answers,
      below: "On test error, stability to SGD noise from the step k at which siblings part:")
    section.blocks += ReportSection.missing(terms.missing)
    section.say(
      """
      Siblings are copies of one network after k steps, trained to the end under different orders of \
      the data\(settings.isAugmented ? " and augmentation" : ""); the optimizer's \
      moments begin at zero. Their \
      instability is the barrier on the segment between them: highest error less the mean of both \
      ends (Frankle, Dziugaite, Roy & Carbin, ICML 2020). Below \
      \(Format.significant(settings.stableBelow)) points a network counts as stable. Each number is a \
      mean over the pairs of \(Format.count(settings.orders)) siblings, then over \
      \(Format.count(replicates, "initialization")); intervals \
      are \(Format.percent(InstabilityDesign.level)) and over initializations alone\(intervalWords(replicates)).
      """)
    return section
  }

  private func intervalWords(_ replicates: Int) -> String {
    switch replicates {
    case 1: ", of which one gives none"
    case ..<8: " (Student's t: fewer than 8 are not resampled)"
    default: " (bootstrap, BCa)"
    }
  }

  private func answer(_ network: Subnetwork, _ index: Int) throws -> String? {
    let steps = settings.steps
    func mean(_ step: Step) throws -> InstabilityEstimate? {
      try estimate(network, from: step, on: .test, policy: index)
    }
    let policy = settings.words(index)
    let name =
      (network == .dense ? "The dense network" : "The subnetwork of \(network.words)")
      + (policy.isEmpty ? "" : policy + ",")
    guard let first = try mean(steps[0]), let last = try mean(steps[steps.count - 1]) else {
      guard terms.missing == 0 else { return nil }
      return "\(name) has steps at which no pair of siblings has a finite barrier."
    }
    let verdicts = try steps.map {
      try stability(network, from: $0, on: .test, policy: index)
    }
    let proven = try self.first {
      try stability(network, from: $0, on: .test, policy: index) == .stable
    }
    let observed = try self.first { step in
      guard !hasDiverged(network, from: step) else { return false }
      return try mean(step).map { $0.mean < settings.stableBelow } ?? false
    }
    func when(_ step: Step) -> String {
      step == .zero ? "at initialization" : "from k = \(step) on"
    }
    let verdict =
      switch (proven, observed) {
      case (.some(let step), _): "is stable \(when(step))"
      case (nil, .some(let step)):
        "has a mean instability below the threshold \(when(step)), which its intervals do not settle"
      case (nil, nil):
        "is "
          + [Stability.unstable, .undecided, .stable].compactMap { verdict in
            let found = zip(steps, verdicts).filter { $1 == verdict }.map { "\($0.0)" }
            return found.isEmpty ? nil : "\(verdict.rawValue) at k = \(found.sentence)"
          }.sentence
      }
    let numbers = "\(first.summary.words()) points at k = \(steps[0])"
    let end = ", \(last.summary.words()) at k = \(steps[steps.count - 1])"
    return "\(name) \(verdict): instability \(numbers)\(steps.count == 1 ? "" : end)."
  }

  /// Instability against the step at which siblings part.
  func stepSection() throws -> ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var section = ReportSection("Instability against the step of parting")
    let panels = try settings.panels { split, index in
      try settings.networks.map { network in
        LineChart.Series(
          network.words,
          try settings.steps.enumerated().map { position, step in
            let found = try estimate(network, from: step, on: split, policy: index)
            return .init(Double(position), found?.summary)
          })
      }
    }
    section.show(
      LineChart(
        panels: panels,
        x: Axis(
          "k",
          ticks: settings.steps.enumerated().map {
            Axis.Tick(Double($0), label: $1.description)
          }), y: Axis("instability (points of error)"),
        references: [.init("stable below", y: settings.stableBelow)], dodged: true),
      title: "Instability against the step of parting",
      alternative:
        "Barrier on the segment between siblings, in points of error, against the step at which they "
        + "part, one line for each of \(settings.networks.map(\.words).sentence). The table below holds "
        + "the numbers.",
      as: "instability",
      caption:
        "Means with intervals over initializations; steps are spaced evenly, not by their lengths.")
    return section
  }

  /// The table behind the figure, with verdicts.
  func verdictSection() throws -> ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    let severalPolicies = settings.policies.count > 1
    var columns: [Markdown.Table.Column] = [.text("network"), .text("k")]
    if severalPolicies { columns.append(.text("statistics")) }
    columns += settings.splits.map { .number("\($0.rawValue) error") }
    columns += [.text("verdict"), .text("mean below"), .number("within"), .number("between")]
    var table = Markdown.Table(columns)
    var hasComponents = false
    for network in settings.networks {
      for step in settings.steps {
        for (index, policy) in settings.policies.enumerated() {
          let estimates = try settings.splits.map {
            try estimate(network, from: step, on: $0, policy: index)
          }
          let own = hasDiverged(network, from: step) ? nil : estimates[0]
          let components = estimates[0]?.components
          hasComponents = hasComponents || components != nil
          var row: [Markdown.Text] = [.init(network.words), .init(step.description)]
          if severalPolicies { row.append(.init(policy.rawValue)) }
          row += estimates.map { .init($0?.summary.words() ?? Format.missing) }
          row += [
            try stability(network, from: step, on: .test, policy: index).rawValue,
            own.map { $0.mean < settings.stableBelow ? "yes" : "no" } ?? Format.missing,
            Format.number(components?.within.squareRoot(), digits: 2),
            Format.number(components?.between.squareRoot(), digits: 2),
          ].map { .init($0) }
          table.append(row)
        }
      }
    }
    return ReportSection(blocks: [
      .table(table),
      .paragraph(
        """
        The verdict is on test error: stable where the interval lies below \
        \(Format.significant(settings.stableBelow)) points, unstable where it lies above, \
        undecided otherwise; “mean below” is the paper's rule. Within and between are standard \
        deviations between disjoint pairs of siblings of one initialization and between initializations\
        \(hasComponents ? "" : ", which at least two initializations with four orders each would show").
        """),
    ])
  }
}
