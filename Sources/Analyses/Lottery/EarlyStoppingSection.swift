import Recipes
import Reports
import Statistics
import Suites
import Wording

extension CensoredSample {
  /// The median, and how many are censored: `1,800 (0 of 3 censored)`, `≥ 4,900 (2 of 3 censored)`.
  var words: String {
    "\(median.words) (\(censoredCount) of \(times.count) censored)"
  }
}

extension CensoredSample.Time {
  /// `1,800`, or `≥ 4,900` where it is censored.
  var words: String { (isCensored ? "≥ " : "") + Format.count(Int(value.rounded())) }
}

extension LotteryAnalysis {
  /// When the validation loss is lowest.
  var earlyStoppingSection: ReportSection {
    guard runs.all.contains(where: { $0.earlyStep != nil }) else { return ReportSection() }
    let groups = groups.filter { !$0.isTransferred }
    var section = ReportSection(
      "When the validation loss is lowest",
      .paragraph(
        """
        Optimizer steps since initialization at the lowest validation loss, evaluated every \
        \(Format.count(settings.evaluateEvery)) steps: medians over runs. A run is \(emphasis: "censored") \
        where its lowest loss is in the last evaluation interval, at step \
        \(Format.count(settings.duration - settings.evaluateEvery)) or later of \
        \(Format.count(settings.duration)): the loss may still have been falling, so that a longer training \
        would find its minimum there or later. A median with ≥ rests on such runs and is a lower bound.
        """))
    section.show(
      LineChart(
        panels: panels(groups) { group, arm, density in
          let found = earlySteps(group, arm, density)
          return .init(
            100 * density.value, found?.median.value, lower: found?.times.first?.value,
            upper: found?.times.last?.value)
        },
        x: densityAxis, y: Axis("early-stopping step"),
        references: [.init("end of training", y: Double(settings.duration))], dodged: true),
      title: "Early-stopping step against density",
      alternative:
        "Step of the lowest validation loss against the fraction of weights kept, a line for each arm. "
        + "The tables below and records.csv hold the numbers.",
      as: "early-stopping",
      caption: """
        Medians over runs; bars from the earliest to the latest run. Near the end of training they are lower \
        bounds.
        """)
    for group in groups {
      let arms = settings.arms(of: group)
      var table = Markdown.Table(
        [.number("density")] + arms.map { .number(.init($0.words)) })
      if let dense = earlySteps(group, .dense, .one) {
        section.say("The dense network's: \(dense.words).")
      }
      for density in settings.densities {
        let words = arms.map { earlySteps(group, $0, density)?.words ?? Format.missing }
        table.append(plain: [Format.percent(density.value)] + words)
      }
      section.blocks.append(
        .details(
          summary: "Median steps of the lowest validation loss, \(settings.title(group))",
          [.table(table)]))
    }
    return section
  }
}
