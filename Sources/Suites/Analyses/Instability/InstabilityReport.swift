import Laboratory
import Recipes
import Reports

extension AnalysisReport {
  /// The report of an instability suite from its results.
  init(
    suite: Suite, design: InstabilityDesign, work: AnalysisPlan<InstabilityCell>,
    stored: StoredResults<Outcome<SegmentResult>>
  ) throws {
    let analysis = InstabilityAnalysis(suite, design, work.cells, stored.results)
    records = analysis.table
    sections = [
      try .instabilityAnswer(analysis, suite: suite), try .instabilityByStep(analysis),
      try .instabilityVerdicts(analysis, suite: suite), .errorAlong(analysis),
      try .segments(analysis), .sharedWork(work, design),
      .provenance(suite, methods: design.methods, runs: stored.provenance),
    ]
  }
}

extension InstabilityAnalysis {
  /// One row per segment, policy and point.
  var table: CSV {
    var table = CSV(header: [
      "network", "density", "replicate", "from", "iteration", "first", "second", "statistics",
      "position", "train_error", "train_loss", "test_error", "test_loss", "distance", "angle",
      "angle_from_parent", "disagreement", "expected_disagreement",
    ])
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for run in runs {
      let (cell, result) = (run.cell, run.result)
      for (index, policy) in policies.enumerated() {
        func values(_ quantity: PathQuantity, _ split: PathSplit) -> [Double?] {
          result.values(quantity, on: split, policy: index)
        }
        let columns = [
          values(.error, .train), values(.loss, .train), values(.error, .test),
          values(.loss, .test),
        ]
        for (point, position) in result.positions.enumerated() {
          table.append(
            [
              cell.network.method, cell.network.density.description, "\(cell.replicate)",
              cell.step.description, "\(cell.iteration)", "\(cell.first)", "\(cell.second)",
              policy.rawValue, "\(position)",
            ] + columns.map { text($0[point]) } + [
              text(result.geometry.distance), text(result.geometry.angle),
              text(result.geometry.fromParent?.angle), text(result.disagreement.fraction),
              text(result.disagreement.expected),
            ])
        }
      }
    }
    return table
  }

  /// A policy's words where there are several.
  func words(_ index: Int) -> String { policies.count > 1 ? ", \(policies[index].words)" : "" }
}

extension InstabilityEstimate {
  /// Mean and interval: `0.8 [0.3, 1.3]`.
  func words(digits: Int = 2) -> String {
    let mean = Format.number(mean, digits: digits)
    guard let interval = interval?.interval else { return mean }
    return "\(mean) \(Format.interval(interval.lower, interval.upper, digits: digits))"
  }
}

extension ReportSection {
  /// The question and its answer.
  static func instabilityAnswer(_ analysis: InstabilityAnalysis, suite: Suite) throws
    -> ReportSection
  {
    var section = ReportSection(blocks: [.heading(1, .init(suite.question))])
    let design = analysis.design
    var answers: [String] = []
    for network in design.networks {
      for index in analysis.policies.indices {
        guard let answer = try answer(network, index, analysis) else { continue }
        answers.append(answer)
      }
    }
    if answers.count == 1 {
      section.blocks.append(.paragraph(.init(answers[0])))
    } else if !answers.isEmpty {
      section.blocks.append(
        .paragraph(
          "On test error, stability to SGD noise from the step k at which siblings part:"))
      section.blocks.append(.bullets(answers.map { .init($0) }))
    }
    section.blocks += Self.missing(analysis.missing)
    section.blocks.append(
      .paragraph(
        """
        Siblings are copies of one network after k steps, trained to the end under different orders of \
        the data\(suite.problem.dataset.augmentation == nil ? "" : " and augmentation"); the optimizer's \
        moments begin at zero. Their \
        instability is the barrier on the segment between them: highest error less the mean of both \
        ends (Frankle, Dziugaite, Roy & Carbin, ICML 2020). Below \
        \(Format.significant(design.stableBelow)) points a network counts as stable. Each number is a \
        mean over the pairs of \(Format.count(design.orders)) siblings, then over \
        \(Format.count(suite.replicates)) initialization\(suite.replicates == 1 ? "" : "s"); intervals \
        are \(Format.percent(InstabilityDesign.level)) and over initializations alone\(intervalWords(suite)).
        """))
    return section
  }

  private static func intervalWords(_ suite: Suite) -> String {
    switch suite.replicates {
    case 1: ", of which one gives none"
    case ..<8: " (Student's t: fewer than 8 are not resampled)"
    default: " (bootstrap, BCa)"
    }
  }

  private static func answer(
    _ network: InstabilityNetwork, _ index: Int, _ analysis: InstabilityAnalysis
  ) throws -> String? {
    let steps = analysis.design.steps
    func mean(_ step: Step) throws -> InstabilityEstimate? {
      try analysis.estimate(network, from: step, on: .test, policy: index)
    }
    let policy = analysis.words(index)
    let name =
      (network == .dense ? "The dense network" : "The subnetwork of \(network.words)")
      + (policy.isEmpty ? "" : policy + ",")
    guard let first = try mean(steps[0]), let last = try mean(steps[steps.count - 1]) else {
      guard analysis.missing == 0 else { return nil }
      return "\(name) has steps at which no pair of siblings has a finite barrier."
    }
    let verdicts = try steps.map {
      try analysis.stability(network, from: $0, on: .test, policy: index)
    }
    let proven = try analysis.first {
      try analysis.stability(network, from: $0, on: .test, policy: index) == .stable
    }
    let observed = try analysis.first { step in
      guard !analysis.hasDiverged(network, from: step) else { return false }
      return try mean(step).map { $0.mean < analysis.design.stableBelow } ?? false
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
    let numbers =
      steps.count == 1
      ? "\(first.words()) points at k = \(steps[0])"
      : "\(first.words()) points at k = \(steps[0]), \(last.words()) at k = \(steps[steps.count - 1])"
    return "\(name) \(verdict): instability \(numbers)."
  }

  /// Instability against the step at which siblings part.
  static func instabilityByStep(_ analysis: InstabilityAnalysis) throws -> ReportSection {
    var section = ReportSection()
    guard !analysis.runs.isEmpty else { return section }
    let design = analysis.design
    section.blocks.append(.heading(2, "Instability against the step of parting"))
    let panels = try analysis.policies.indices.flatMap { index in
      try analysis.splits.map { split in
        LineChart.Panel(
          "\(split.rawValue)\(analysis.words(index))",
          try design.networks.map { network in
            LineChart.Series(
              network.words,
              try design.steps.enumerated().map { position, step in
                let found = try analysis.estimate(
                  network, from: step, on: split, policy: index)
                return .init(
                  Double(position), found?.mean, lower: found?.interval?.interval.lower,
                  upper: found?.interval?.interval.upper)
              })
          })
      }
    }
    section.show(
      Figure(
        title: "Instability against the step of parting",
        alternative:
          "Barrier on the segment between siblings, in points of error, against the step at which they "
          + "part, one line for each of \(design.networks.map(\.words).sentence). The table below holds "
          + "the numbers.",
        .lines(
          LineChart(
            panels: panels,
            x: Axis(
              "k",
              ticks: design.steps.enumerated().map {
                Axis.Tick(Double($0), label: $1.description)
              }), y: Axis("instability (points of error)"),
            references: [.init("stable below", y: design.stableBelow)], dodged: true))),
      as: "instability",
      caption:
        "Means with intervals over initializations; steps are spaced evenly, not by their lengths.")
    return section
  }

  /// The table behind the figure, with verdicts.
  static func instabilityVerdicts(_ analysis: InstabilityAnalysis, suite: Suite) throws
    -> ReportSection
  {
    var section = ReportSection()
    guard !analysis.runs.isEmpty else { return section }
    var columns: [Markdown.Table.Column] = [.text("network"), .text("k"), .text("statistics")]
    columns += analysis.splits.map { .number("\($0.rawValue) error") }
    columns += [.text("verdict"), .text("mean below"), .number("within"), .number("between")]
    if analysis.policies.count == 1 { columns.remove(at: 2) }
    var table = Markdown.Table(columns)
    var hasComponents = false
    for network in analysis.design.networks {
      for step in analysis.design.steps {
        for (index, policy) in analysis.policies.enumerated() {
          let estimates = try analysis.splits.map {
            try analysis.estimate(network, from: step, on: $0, policy: index)
          }
          let own = estimates[0]
          let components = own?.components
          hasComponents = hasComponents || components != nil
          func deviation(_ variance: Double?) -> Markdown.Text {
            .init(variance.map { Format.number($0.squareRoot(), digits: 2) } ?? Format.missing)
          }
          var row: [Markdown.Text] = [.init(network.words), .init(step.description)]
          if analysis.policies.count > 1 { row.append(.init(policy.rawValue)) }
          row += estimates.map { .init($0?.words() ?? Format.missing) }
          row += [
            .init(
              try analysis.stability(network, from: step, on: .test, policy: index).rawValue),
            .init(
              analysis.hasDiverged(network, from: step)
                ? Format.missing
                : own.map { $0.mean < analysis.design.stableBelow ? "yes" : "no" } ?? Format.missing
            ),
            deviation(components?.within), deviation(components?.between),
          ]
          table.append(row)
        }
      }
    }
    section.blocks = [
      .table(table),
      .paragraph(
        """
        The verdict is on test error: stable where the interval lies below \
        \(Format.significant(analysis.design.stableBelow)) points, unstable where it lies above, \
        undecided otherwise; “mean below” is the paper's rule. Within and between are standard \
        deviations between disjoint pairs of siblings of one initialization and between initializations\
        \(hasComponents ? "" : ", which at least two initializations with four orders each would show").
        """),
    ]
    return section
  }
}
