import Recipes
import Reports
import Suites
import Wording

extension Ablation {
  /// What runs must record of those ablations that are audited.
  fileprivate static var audits: String {
    let audits = ofMethods.map(\.audit).filter { !$0.isEmpty }.distinct.joined(separator: "; ")
    return audits.prefix(1).uppercased() + audits.dropFirst()
  }
}

extension AblationAnalysis {
  /// What the runs themselves recorded about their masks and weights, so that an ablation that changes
  /// nothing is known to have been one.
  var auditSection: ReportSection {
    guard
      table.methods.contains(where: { method in
        table.runs(Arm(method: method)).contains { !$0.details.layers.isEmpty }
      })
    else { return ReportSection() }
    var rows = Markdown.Table([
      .text("method"), .text("ablation"), .number("mask entries changed"),
      .text("layer counts kept"), .number("weights redrawn"), .number("zero scores"),
      .number("ties"), .text("layers emptied"), .text("disconnected"),
      .text("pruned weights at zero"),
    ])
    for method in table.methods {
      for arm in table.arms(of: method) { rows.append(plain: row(arm)) }
    }
    return ReportSection(blocks: [
      .heading(2, "Audits"),
      .paragraph(
        """
        Totals over all runs of an arm. \(Ablation.audits); pruned weights must be exactly zero after the \
        last step. Zero scores and ties at the threshold are \
        those of the last ranking, means per run.
        """), .table(rows),
    ])
  }

  private func row(_ arm: Arm) -> [String] {
    let runs = table.runs(arm)
    let details = runs.map(\.details)
    return [
      arm.method, arm.words, changed(details), countsKept(details),
      ratio(details, \.reinitialized, \.reinitializedOf), mean(details, \.zeroScores),
      mean(details, \.ties), emptied(runs), cut(runs), ratio(details, \.prunedAtZero, \.pruned),
    ]
  }

  private func changed(_ details: [RunRecord.Details]) -> String {
    let shuffled = details.filter { $0.changed != nil && $0.expectedChanged != nil }
    guard !shuffled.isEmpty else { return Format.missing }
    let changed = shuffled.reduce(0) { $0 + $1.changed! }
    let expected = shuffled.reduce(0.0) { $0 + $1.expectedChanged! }
    return "\(Format.count(changed)) of \(Format.count(Int(expected.rounded()))) expected"
  }

  private func countsKept(_ details: [RunRecord.Details]) -> String {
    let known = details.compactMap(\.countsKept)
    return known.isEmpty ? Format.missing : known.allSatisfy { $0 } ? "yes" : "NO"
  }

  private func ratio(
    _ details: [RunRecord.Details], _ part: KeyPath<RunRecord.Details, Int?>,
    _ whole: KeyPath<RunRecord.Details, Int?>
  ) -> String {
    let known = details.filter { $0[keyPath: part] != nil && $0[keyPath: whole] != nil }
    guard !known.isEmpty else { return Format.missing }
    let (parts, wholes) = known.reduce((0, 0)) {
      ($0.0 + $1[keyPath: part]!, $0.1 + $1[keyPath: whole]!)
    }
    return parts == wholes
      ? "all \(Format.count(wholes))" : "\(Format.count(parts)) of \(Format.count(wholes))"
  }

  private func mean(
    _ details: [RunRecord.Details], _ field: KeyPath<RunRecord.Details, Int?>
  ) -> String {
    let known = details.compactMap { $0[keyPath: field] }
    return Format.significant(Double(known.reduce(0, +)) / Double(known.count))
  }

  private func emptied(_ runs: [RatedRun]) -> String {
    let emptied = runs.flatMap(\.emptied)
    let counts = Dictionary(grouping: emptied, by: \.self).mapValues(\.count)
    return emptied.isEmpty
      ? "none"
      : emptied.distinct.map { "\($0) in \(Format.count(counts[$0]!, "run"))" }
        .joined(separator: ", ")
  }

  private func cut(_ runs: [RatedRun]) -> String {
    let cut = runs.filter(\.isDisconnected)
    guard !cut.isEmpty else { return "never" }
    return
      "\(Format.count(cut.count)) of \(Format.count(runs.count, "run")), at \(Set(cut.map(\.density)).sorted(by: >).words)"
  }
}
