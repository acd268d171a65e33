import Recipes
import Reports
import Statistics
import Suites
import Wording

extension LotteryAnalysis {
  /// The question and its answer: one sentence, one table, one figure.
  var answerSection: ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    let answers = groups.compactMap(answer)
    if answers.isEmpty {
      section.blocks += ReportSection.missing(terms.missing)
      return section
    }
    section.say("\(frame) \(strong: answers.joined(separator: "; ") + ".")")
    section.blocks += [.table(matrix), .paragraph(legend)]
    for groups in groupsByDataset { showDifferences(groups, in: &section) }
    section.blocks += Reservations(
      terms, comparisons, controls: [], chance: settings.chance
    ).paragraph()
    return section
  }

  /// Of what, and how surely.
  private var frame: String {
    let alpha = Format.percent(settings.alpha)
    return switch settings.family {
    case .suite:
      "On this test set, by this recipe, at \(alpha) familywise for each kind of claim\(replicates):"
    case .ablation:
      "On this test set, by this recipe, at \(alpha) per arm and kind of claim\(replicates):"
    }
  }

  private var replicates: String { terms.replicateWords(comparisons.flatMap(\.verdicts)) }

  /// Where tickets match the dense network, where their controls do, and which fall behind the ticket.
  private func answer(_ group: Group) -> String? {
    guard let ticket = judged(group, .ticket, against: .dense) else { return nil }
    let dense = summary(accuracies(group, .dense, .one)).map {
      " (\(Format.number($0.mean, digits: 2)) %)"
    }
    var text = "tickets \(settings.title(group)) "
    if let first = ticket.maintained.first, let last = ticket.maintained.last {
      text += "match the dense network\(dense ?? "") "
      text +=
        ticket.maintained.count == 1
        ? "at \(Format.percent(first.cell.density.value)) of the weights"
        : "at every tested density from \(Format.percent(first.cell.density.value)) to "
          + Format.percent(last.cell.density.value)
    } else {
      text += "are not shown to match the dense network\(dense ?? "")"
      if let first = ticket.verdicts.first {
        text += " at \(Format.percent(first.cell.density.value)), the densest tested"
      }
    }
    for change in DensityVerdict.Change.allCases where !ticket.changed(change).isEmpty {
      text += ", and are \(change == .lowered ? "less" : "more") accurate than it at "
      text += ticket.changed(change).words
    }
    let controls = controls(of: group)
    guard !controls.isEmpty else { return text }
    func count(_ control: LotteryArm, _ holds: (JudgedComparison<TicketComparison>) -> Bool)
      -> Int
    {
      controls.count { arm in judged(group, arm, against: control).map(holds) ?? false }
    }
    let (matching, lower) = (
      count(.dense) { !$0.maintained.isEmpty }, count(.ticket) { !$0.changed(.lowered).isEmpty }
    )
    return text
      + "; of their \(Format.count(controls.count, "control")) "
      + "\(Self.shown(matching)) to match it from the densest on, and \(Self.shown(lower)) to be less "
      + "accurate than the ticket at some density"
  }

  private static func shown(_ count: Int) -> String {
    switch count {
    case 0: "none is shown"
    case 1: "1 is shown"
    default: "\(count) are shown"
    }
  }

  private var matrix: Markdown.Table {
    let isOne = groups.count == 1
    var table = Markdown.Table(
      (isOne ? [] : [.text("tickets")]) + [
        .text("trained"), .text("against the dense network"), .text("against the ticket"),
      ])
    for group in groups {
      for arm in settings.arms(of: group) {
        let cells = [LotteryArm.dense, .ticket].map { control in
          judged(group, arm, against: control)?.brief ?? "–"
        }
        table.append(
          (isOne ? [] : [Markdown.Text(settings.title(group))]) + [Markdown.Text(arm.words)]
            + cells)
      }
    }
    return table
  }

  private var legend: Markdown.Text {
    let margin = Format.significant(settings.margin)
    return """
      Accuracy on the \(settings.split) split after the last step, paired by replicate. \
      \(emphasis: "Matches"): a one-sided test shows that the mean drops by less than \(margin) points, \
      density by density from the densest on; to be more accurate than the dense network is a match too. \
      \(emphasis: "Maintained"), of a control: two one-sided tests show it within ±\(margin) points of the \
      ticket. \(emphasis: "Lowered") or \(emphasis: "raised"): a t-test shows a difference\
      \(terms.kindsOfClaim(alpha: settings.alpha, margin: "\(margin) points")). \(emphasis: "Undecided") is neither: it shows no match. \
      \(emphasis: "Failed runs") diverged, or give all examples one class; they allow no claim of a match.
      """
  }

  private func showDifferences(_ groups: [Group], in section: inout ReportSection) {
    let panels = panels(groups) { group, arm, density in
      let cell = judged(group, arm, against: .dense)?.comparison.all.first {
        $0.density == density
      }
      let interval = cell?.comparison?.interval
      return LineChart.Point(
        100 * density.value, cell?.mean, lower: interval?.lower, upper: interval?.upper)
    }
    let bound = settings.margin
    let margin = Format.significant(bound)
    section.show(
      LineChart(
        panels: panels, x: densityAxis,
        y: Axis("difference (points)", range: .differences(panels, margin: bound)),
        references: [LineChart.Reference("dense network", y: 0)],
        band: LineChart.Band("within the margin of ±\(margin)", -bound...bound), dodged: true),
      title: "Accuracy beside the dense network",
      alternative:
        "Differences of accuracy to the dense network in points against the fraction of weights kept, a "
        + "line for each of \(settings.arms(of: groups[0]).map(\.words).sentence). The table of differences "
        + "below holds the numbers.",
      as: groups[0].isTransferred ? "transfer-differences" : "differences",
      caption: """
        Mean paired difference of accuracy to the dense network in points with its descriptive \
        \(Format.percent(1 - 2 * settings.alpha)) t-interval. What is shown to lie above the lower edge of \
        the shaded band matches; what lies beyond the axis is told by its value.
        """)
  }
}
