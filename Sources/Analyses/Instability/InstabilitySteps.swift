import Recipes
import Reports
import Suites
import Wording

extension InstabilityAnalysis {
  /// Barrier and excess against the step at which siblings part.
  func stepSection() throws -> ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var section = ReportSection("Instability against the step of parting")
    let numbers: [(name: String, of: (PathSummary) -> Double)] = [
      ("barrier", \.barrier), ("excess over the ends' floor", \.rise),
    ]
    let panels = try numbers.flatMap { number in
      try settings.panels { split, index in
        try settings.networks.map { network in
          LineChart.Series(
            network.words,
            try settings.steps.enumerated().map { position, step in
              let found = try estimate(
                network, from: step, on: split, policy: index, of: number.of)
              return .init(Double(position), found?.summary)
            })
        }
      }.map { LineChart.Panel("\(number.name), \($0.title)", $0.series) }
    }
    section.show(
      LineChart(
        panels: panels,
        x: Axis(
          "k",
          ticks: settings.steps.enumerated().map {
            Axis.Tick(Double($0), label: $1.description)
          }), y: Axis("points of error"),
        references: [.init("stable below", y: settings.stableBelow)], dodged: true),
      title: "Instability against the step of parting",
      alternative:
        "Barrier on the segment between siblings and its excess over the ends' floor, in points of error, "
        + "against the step at which they part, one line for each of "
        + "\(settings.networks.map(\.words).sentence). The table below holds the numbers.",
      as: "instability",
      caption: """
        Means with \(Format.percent(InstabilityDesign.level)) t-intervals over initializations; steps are \
        spaced evenly, not by their lengths.
        """)
    return section
  }

  /// The table behind the figure, with the tests.
  func verdictSection(_ verdicts: InstabilityVerdicts) throws -> ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    let severalPolicies = settings.policies.count > 1
    var columns: [Markdown.Table.Column] = [.text("network"), .text("k")]
    if severalPolicies { columns.append(.text("statistics")) }
    columns += settings.splits.flatMap { split -> [Markdown.Table.Column] in
      [.number("\(split.rawValue) barrier"), .number("excess")]
    }
    columns += [
      .number("stable p"), .number("unstable p"), .text("verdict"), .text("mean below"),
      .number("within"), .number("between"),
    ]
    var table = Markdown.Table(columns)
    var hasComponents = false
    for network in settings.networks {
      for step in settings.steps {
        for (index, policy) in settings.policies.enumerated() {
          let estimates = try settings.splits.flatMap { split in
            try [\PathSummary.barrier, \.rise].map { number in
              try estimate(network, from: step, on: split, policy: index) { $0[keyPath: number] }
            }
          }
          let verdict = verdicts[.init(network: network, policy: index, step: step)]
          let own = hasDiverged(network, from: step) ? nil : estimates[0]
          let components = estimates[0]?.components
          hasComponents = hasComponents || components != nil
          var row = [network.words, step.description]
          if severalPolicies { row.append(policy.rawValue) }
          row += estimates.map { $0?.summary.words() ?? Format.missing }
          row += [
            Format.pValue(verdict?.test?.stable, adjusted: verdict?.adjustedStable),
            Format.pValue(verdict?.test?.unstable, adjusted: verdict?.adjustedUnstable),
            (verdict?.stability ?? .undecided).rawValue,
            own.map { $0.mean < settings.stableBelow ? "yes" : "no" } ?? Format.missing,
            Format.number(components?.within.squareRoot(), digits: 2),
            Format.number(components?.between.squareRoot(), digits: 2),
          ]
          table.append(plain: row)
        }
      }
    }
    return ReportSection(blocks: [
      .details(summary: Format.count(table.rows.count, "row"), [.table(table)]),
      .paragraph(
        """
        Intervals are \(Format.percent(InstabilityDesign.level)) t-intervals over initializations, \
        descriptive: not corrected for looking at many. No barrier and no excess is below 0, so intervals are \
        cut off there; a standard deviation below one example is taken as one. Behind each p-value stands, in \
        brackets, the familywise error at which the claim would be shown; at \
        \(Format.significant(InstabilityDesign.alpha)) or less it is. “Mean below” \
        is the paper's rule, which knows no sampling error. Within and between are standard deviations of the \
        barrier between disjoint pairs of siblings of one initialization and between initializations\
        \(hasComponents ? "" : ", which at least two initializations with four orders each would show").
        """),
    ])
  }
}
