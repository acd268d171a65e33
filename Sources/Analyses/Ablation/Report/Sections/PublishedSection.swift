import Recipes
import Reports
import Suites
import Wording

extension PublishedClaim {
  /// How a verdict stands to a claim.
  enum Agreement: String {
    case agrees, disagrees, undecided
  }

  /// Agreement is with what is shown: a difference that the claim names, or sameness where it says so. Where both are
  /// shown, the mean moved within the margin, and either will do.
  func agreement(_ verdict: DensityVerdict) -> Agreement {
    let shown = [
      verdict.isMaintained ? Statement.maintained : nil,
      verdict.change.flatMap { Statement(rawValue: $0.rawValue) },
    ].compactMap { $0 }
    if shown.isEmpty { return .undecided }
    return shown.contains(where: says.contains) ? .agrees : .disagrees
  }
}

extension AblationAnalysis {
  private var metric: Metric { terms.settings.metric }

  /// What papers say, beside what is shown here of the same comparisons.
  var publishedSection: ReportSection {
    guard let claims = terms.settings.published, !claims.isEmpty else { return ReportSection() }
    var section = ReportSection(
      "Published claims",
      .paragraph(
        """
        Each claim is held against every primary density of the comparisons that it is about: it \
        \(emphasis: "agrees") where what is shown here is what it says, \(emphasis: "disagrees") where something else \
        is shown, and is \(emphasis: "undecided") where neither sameness within \
        ±\(metric.amount(Format.significant(terms.settings.margin))) nor a difference is. Intervals are descriptive. The \
        papers' networks, data and recipes are others than this suite's, and papers rarely say at which densities a \
        claim holds: a disagreement here refutes nothing there.
        """))
    for claim in claims {
      let judged = claim.methods.flatMap { method in
        claim.ablations.compactMap { self[Arm(method: method, ablation: $0)] }
      }
      section.say(
        """
        \(strong: claim.claim) Source: \(claim.source); networks: \(claim.setting). \(summary(of: claim, judged))
        """)
      guard !judged.isEmpty else { continue }
      section.blocks.append(
        .details(
          summary: "Density by density, with differences of \(metric.inUnit)",
          [.table(table(of: claim, judged))]))
    }
    return section
  }

  /// At how many densities of how many comparisons it agrees, and where it does not.
  private func summary(
    of claim: PublishedClaim, _ judged: [JudgedComparison<ArmComparison>]
  ) -> String {
    let places = judged.flatMap { comparison in
      comparison.verdicts.map {
        (comparison: comparison, verdict: $0, agreement: claim.agreement($0))
      }
    }
    guard !places.isEmpty else { return "This table has no run of these comparisons." }
    func count(_ agreement: PublishedClaim.Agreement) -> Int {
      places.count { $0.agreement == agreement }
    }
    let disagreeing = judged.compactMap { comparison -> String? in
      let found = comparison.verdicts.filter { claim.agreement($0) == .disagrees }
      return found.isEmpty ? nil : "\(comparison.comparison.name) at \(found.words)"
    }
    return "Here, of \(Format.count(places.count, "verdict")) on "
      + "\(Format.count(judged.count, "comparison")): \(count(.agrees)) agree, \(count(.disagrees)) disagree"
      + (disagreeing.isEmpty ? "" : " (\(Format.list(disagreeing, limit: 8)))")
      + ", \(count(.undecided)) undecided."
  }

  private func table(
    of claim: PublishedClaim, _ judged: [JudgedComparison<ArmComparison>]
  ) -> Markdown.Table {
    var rows = Markdown.Table(
      [.text("comparison")] + table.densities.map { .text(.init(Format.percent($0.value))) })
    for comparison in judged {
      rows.append(
        [Markdown.Text(comparison.comparison.name)]
          + table.densities.map { cell(claim, comparison, $0) })
    }
    return rows
  }

  private func cell(
    _ claim: PublishedClaim, _ judged: JudgedComparison<ArmComparison>, _ density: Density
  ) -> Markdown.Text {
    if let verdict = judged.verdicts.first(where: { $0.cell.density == density }) {
      let agreement = claim.agreement(verdict)
      let isOpen = agreement == .undecided && verdict.cell.block == nil
      let shown = isOpen ? "" : " (\(verdict.shown(judged.comparison.sameness)))"
      let behind = "\(shown), \(verdict.cell.difference)"
      return agreement == .undecided
        ? .init(agreement.rawValue + behind) : "\(strong: agreement.rawValue)\(behind)"
    }
    if judged.comparison.idle.contains(density) { return "nothing to change" }
    return .init(
      judged.comparison.exploratory.first { $0.density == density }
        .map { "not primary, \($0.difference)" } ?? Format.missing)
  }
}
