import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AblationAnalysis {
  /// Everything the verdicts rest on.
  var verdictSection: ReportSection {
    var rows = Markdown.Table([
      .text("method"), .text("ablation"), .text("verdict"), .number("n"), .number("difference"),
      .number("TOST p"), .number("t-test p"), .number("Wilcoxon p"), .number("g"),
    ])
    for finding in findings { rows.append(plain: row(finding)) }
    var section = ReportSection(blocks: [
      .heading(2, "Verdicts in detail"),
      .paragraph(
        """
        All primary densities, disconnected ones included. Margin ±\(Format.significant(rule.margin)) points, α = \(Format.significant(rule.alpha)), \
        fixed before the run. TOST: two one-sided tests of equivalence. p-values in brackets are \
        Holm-adjusted over \(findings.count == 1 ? "this one comparison" : "these \(Format.count(findings.count)) comparisons"). Wilcoxon's smallest attainable \
        p stands beside it. g is Hedges' g.
        """), .table(rows),
    ])
    let remarks = findings.flatMap(notes)
    if !remarks.isEmpty { section.blocks.append(.bullets(remarks)) }
    if !againstRandom.isEmpty { section.blocks += randomBlocks }
    return section
  }

  private func row(_ finding: Finding) -> [String] {
    let (comparison, inference) = (finding.comparison, finding.comparison.inference)
    return [
      finding.method, finding.ablation,
      comparison.verdict.name + (finding.isPartial ? " at \(finding.densities.words)" : ""),
      "\(comparison.differences.count)", comparison.difference,
      Format.pValue(inference?.equivalenceTest.pValue, adjusted: finding.adjustedEquivalence),
      Format.pValue(inference?.tTest.pValue, adjusted: finding.adjustedDifference),
      (inference?.signedRankTest).map {
        "\(Format.pValue($0.pValue)) (≥ \(Format.pValue($0.smallestAttainablePValue)))"
      } ?? Format.missing,
      Format.difference(inference?.hedgesG, digits: 1),
    ]
  }

  private func notes(on finding: Finding) -> [Markdown.Text] {
    let name = "\(finding.method), \(finding.ablation)"
    var notes: [Markdown.Text] = []
    if case .undecided(let needed) = finding.comparison.verdict {
      notes.append("\(strong: name) is undecided; \(replicates(needed)).")
    }
    if finding.isPartial {
      notes.append(
        """
        \(strong: name) is undecided at \(finding.lacking.words): no replicate has runs of both arms \
        there. All numbers are those at \(finding.densities.words).
        """)
    }
    if finding.isDisconnected {
      let rest =
        finding.whereConnected.map {
          "over the other primary densities the difference is \($0.difference): \($0.verdict.name)"
        } ?? "no primary density is connected"
      notes.append(
        """
        \(strong: name) leaves no path from input to output at \(finding.disconnected.words); \(rest).
        """)
    }
    if finding.diverged > 0 {
      let rest =
        finding.withoutDiverged.map {
          "without \(finding.diverged == 1 ? "it" : "them") \($0.difference): \($0.verdict.name)"
        }
        ?? "nothing is left without \(finding.diverged == 1 ? "it" : "them")"
      notes.append("\(strong: name): \(Format.count(finding.diverged, "run")) diverged; \(rest).")
    }
    if let bootstrap = finding.comparison.inference?.bootstrapInterval {
      notes.append(
        """
        \(strong: name): BCa bootstrap interval \
        \(Format.interval(bootstrap.lower, bootstrap.upper, digits: 2)).
        """)
    }
    return notes
  }

  /// How many replicates would decide.
  private func replicates(_ needed: ReplicatesNeeded?) -> String {
    guard let needed else { return "one replicate decides nothing" }
    let claim =
      switch needed.nearerClaim {
      case .equivalence: "equivalence"
      case .difference: "a difference"
      }
    return
      "\(claim) would be shown with 80 % power by about \(needed.nearerRange.description) replicates"
  }

  private var randomBlocks: [Markdown.Block] {
    var rows = Markdown.Table([
      .text("method"), .text("verdict"), .number("method − random"), .number("t-test p"),
    ])
    for method in table.methods {
      guard let result = againstRandom[method] else { continue }
      let comparison = result.comparison
      let verdict =
        comparison.verdict.name
        + (result.pairing.lacking.isEmpty
          ? ""
          : " at \(result.pairing.densities.words); undecided at \(result.pairing.lacking.words), where runs are missing")
      rows.append(plain: [
        method, verdict, comparison.difference, Format.pValue(comparison.inference?.tTest.pValue),
      ])
    }
    return [
      .paragraph(
        """
        Does the method itself differ from random pruning? Where it does not, its ablations say \
        nothing about its scores.
        """), .table(rows),
    ]
  }
}
