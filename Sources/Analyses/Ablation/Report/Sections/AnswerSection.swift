import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// The question, its answer in sentences, the verdicts in a table and a figure.
  var answerSection: ReportSection {
    var section = ReportSection(blocks: [
      .heading(1, .init(terms.question)), .paragraph(summary),
      .bullets(table.ablations.map(sentence)),
    ])
    if let control { section.blocks.append(.paragraph(control)) }
    if !reservations.isEmpty {
      section.blocks.append(
        .paragraph("\(strong: "Reservations:") \(reservations.joined(separator: "; "))."))
    }
    section.blocks += [.table(matrix), .paragraph(legend)]
    section.show(
      forest, as: "verdicts",
      caption: """
        Ablated minus unablated accuracy, averaged over the primary densities, with \
        \(Format.percent(rule.intervalLevel)) intervals. The shaded band is the \
        margin of ±\(Format.significant(rule.margin)) points.
        """)
    return section
  }

  /// How many comparisons came out how, those that inform about a method.
  private var summary: Markdown.Text {
    let informative = findings.filter { $0.isInformative && $0.telling != nil }
    func count(_ name: String) -> Int {
      informative.count { $0.telling?.verdict.name == name && !$0.isPartial }
    }
    let partial = informative.count(where: \.isPartial)
    let margin = Format.significant(rule.margin)
    let outcomes = [
      (count("maintained"), "left the accuracy within ±\(margin) points"),
      (count("lowered"), "lowered it"), (count("raised"), "raised it"),
      (count("undecided"), "\(count("undecided") == 1 ? "is" : "are") undecided"),
      (
        partial,
        "\(partial == 1 ? "lacks" : "lack") runs at a primary density and "
          + "\(partial == 1 ? "is" : "are") undecided there"
      ),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    guard !informative.isEmpty else {
      return "\(strong: "No comparison informs about a method:") see the reasons in the table."
    }
    let others = findings.count - informative.count
    let rest =
      switch others {
      case 0: ""
      case 1: " The other one is a control, uninformative, or disconnected by construction."
      default:
        " The other \(others) comparisons are controls, uninformative, or disconnected by construction."
      }
    return
      "\(strong: "Of \(Format.count(informative.count, "informative comparison")) of a method with its own ablation, \(outcomes.sentence).")\(rest)"
  }

  private func sentence(_ ablation: String) -> Markdown.Text {
    let findings = findings.filter {
      $0.ablation == ablation && $0.standing != .nullControl
    }
    func names(_ isIncluded: (Finding) -> Bool) -> String {
      findings.filter(isIncluded).map { finding in
        let mean = Format.difference((finding.telling ?? finding.comparison).mean, digits: 2)
        let part = finding.isDisconnected && finding.telling != nil ? " where connected" : ""
        return "\(finding.method) (\(mean)\(part))"
      }.sentence
    }
    var parts: [String] = []
    for verdict in ["maintained", "lowered", "raised", "undecided"] {
      let listed = names {
        $0.telling?.verdict.name == verdict && $0.isInformative && !$0.isPartial
      }
      if !listed.isEmpty { parts.append("\(verdict) for \(listed)") }
    }
    for finding in findings where finding.isPartial && finding.isInformative {
      guard let telling = finding.telling else { continue }
      parts.append(
        "undecided for \(finding.method) at \(finding.lacking.words), where runs are missing, and "
          + "\(telling.verdict.name) at \(finding.toldAt.words) "
          + "(\(Format.difference(telling.mean, digits: 2)))")
    }
    let uninformative = names { !$0.isInformative && $0.telling != nil }
    if !uninformative.isEmpty { parts.append("uninformative for \(uninformative)") }
    let cut = names { $0.telling == nil }
    if !cut.isEmpty { parts.append("disconnected by construction for \(cut)") }
    let apart = incomparable.filter { $0.ablation == ablation }.map(\.method)
    if !apart.isEmpty { parts.append("without paired runs for \(apart.sentence)") }
    return
      "\(strong: ablation): accuracy \(parts.isEmpty ? "has no comparison but the control's" : parts.joined(separator: "; "))."
  }

  private var control: Markdown.Text? {
    guard let control = nullControl else {
      let isApart = incomparable.contains {
        $0.method == terms.settings.randomMethod && $0.ablation == Ablation.shuffle.name
      }
      guard !isApart else {
        return """
          \(strong: "The null control is undecided:") no replicate has runs of random pruning and of its \
          shuffle at every density.
          """
      }
      return """
        \(strong: "No null control:") the suite does not shuffle random pruning, whose accuracy no \
        shuffle can change.
        """
    }
    let difference = control.comparison.difference
    if control.isPartial {
      return """
        \(strong: "The null control is undecided:") at \(control.lacking.words) runs of random pruning or \
        of its shuffle are missing; at \(control.densities.words) shuffling its own masks changes its \
        accuracy by \(difference) points: \(control.comparison.verdict.name).
        """
    }
    switch control.comparison.verdict {
    case .maintained:
      return """
        \(strong: "The null control holds:") shuffling random pruning's own masks changes its \
        accuracy by \(difference) points: maintained, as it must be.
        """
    case .undecided:
      return """
        \(strong: "The null control is undecided:") shuffling random pruning's own masks, which can \
        change nothing, changes its accuracy by \(difference) points. Replicates or margin do not \
        suffice for any verdict of this suite.
        """
    case .lowered, .raised:
      return """
        \(strong: "The null control fails:") shuffling random pruning's own masks, which can change \
        nothing, comes out \(control.comparison.verdict.name) at \(difference) points. Replicates or \
        margin do not suffice for any verdict of this suite.
        """
    }
  }

  private var reservations: [String] {
    let diverged = findings.reduce(0) { $0 + $1.diverged }
    let missing = terms.missing
    var parts: [String] = []
    if diverged > 0 {
      parts.append(
        "\(Format.count(diverged, "run")) in the comparisons diverged and "
          + "\(diverged == 1 ? "counts" : "count") as chance accuracy; "
          + "the verdicts' details show the result without \(diverged == 1 ? "it" : "them")")
    }
    let partial = findings.filter(\.isPartial)
    if !partial.isEmpty {
      parts.append(
        "runs are missing at a primary density of "
          + partial.map { "\($0.method), \($0.ablation) (\($0.lacking.words))" }.sentence)
    }
    let short = findings.filter { !$0.leftOut.isEmpty }
    if !short.isEmpty {
      parts.append(
        "replicates that lack a run at a density are left out of "
          + short.map { finding in
            let replicates = finding.leftOut.map(String.init).joined(separator: ", ")
            return "\(finding.method), \(finding.ablation) (\(replicates))"
          }.sentence)
    }
    if !incomparable.isEmpty {
      parts.append(
        "no replicate has runs of both arms at every density of "
          + incomparable.map { "\($0.method), \($0.ablation)" }.sentence)
    }
    if missing > 0 {
      parts.append(
        "\(Format.count(missing, "run")) of the plan \(missing == 1 ? "is" : "are") missing")
    }
    return parts
  }

  private var matrix: Markdown.Table {
    Markdown.Table(
      [.text("method")] + table.ablations.map { .text(.init($0)) },
      rows: table.methods.map { method in
        [Markdown.Text(method)]
          + table.ablations.map { ablation in
            findings.first { $0.method == method && $0.ablation == ablation }
              .map { "\(strong: $0.words) \(($0.telling ?? $0.comparison).difference)" } ?? "–"
          }
      })
  }

  private var legend: Markdown.Text {
    let level = Format.percent(rule.intervalLevel)
    return """
      Accuracy points on the \(terms.settings.split) split after the last step, ablated minus \
      unablated, averaged over the primary densities, paired by replicate, with the \(level) \
      t-interval. \(emphasis: "Maintained"): the interval lies inside ±\(Format.significant(rule.margin)); \
      else \(emphasis: "lowered") or \(emphasis: "raised") where it excludes zero; else \
      \(emphasis: "undecided"). \(emphasis: "Uninformative"): the method itself is not shown to differ \
      from random pruning, or both arms are at chance. \(emphasis: "Disconnected by construction"): \
      at that density a mask leaves no path from input to output, which says nothing about importance; \
      the verdict is that of the other primary densities, and the one over all of them is in the details.
      """
  }

  private var forest: Figure {
    let groups = table.methods.map { method in
      ForestPlot.Group(
        method,
        findings.filter { $0.method == method }.map { finding in
          let shown = finding.telling ?? finding.comparison
          let interval = shown.inference?.interval
          return ForestPlot.Row(
            finding.ablation, estimate: shown.mean, lower: interval?.lower ?? shown.mean,
            upper: interval?.upper ?? shown.mean,
            verdict: finding.isPartial ? .undecided : shown.verdict.drawn,
            isInformative: finding.isInformative && finding.telling != nil)
        })
    }
    let lines = findings.map {
      "\($0.method), \($0.ablation): \(($0.telling ?? $0.comparison).difference), \($0.words)"
    }
    return Figure(
      title: "Accuracy lost or gained by each ablation",
      alternative: "Forest plot of mean differences in accuracy points. "
        + lines.joined(separator: "; ") + ".",
      .forest(
        ForestPlot(
          groups, margin: rule.margin, label: "ablated − unablated (points)",
          digits: 2)))
  }
}
