import Recipes
import Reports
import Statistics
import Suites
import Wording

extension RunRecord {
  /// Whether kept weights lead from the input to no output.
  var isDisconnected: Bool { details.connected == false || details.outputs == 0 }

  /// The share of the prunable weights that are kept on a path from the input to an output.
  var effectiveDensity: Double? {
    let size = details.layers.reduce(0) { $0 + $1.size }
    return size == 0 ? nil : details.effective.map { Double($0) / Double(size) }
  }
}

extension AblationAnalysis {
  /// What the masks leave of the network's paths.
  var connectivitySection: ReportSection {
    let runs = table.methods.flatMap { table.arms(of: $0) }.flatMap { table.runs($0) }
    guard runs.contains(where: { $0.details.connected != nil || $0.details.outputs != nil }) else {
      return ReportSection()
    }
    let known = runs.contains { $0.effectiveDensity != nil }
    var section = ReportSection(
      "Connectivity",
      .paragraph(
        """
        \(emphasis: "Effective density") is the share of the prunable weights that are kept and lie on a path from the \
        input to an output (Vysogorets & Kempe, JMLR 2023). A mask that reaches no output is \
        \(emphasis: "disconnected"): its network gives all examples one class.\
        \(known ? "" : " Effective densities and outputs reached are not recorded.")
        """))
    let disconnected = places { $0.isDisconnected }
    section.say(
      "\(strong: "Disconnected:") \(disconnected.isEmpty ? "no run" : disconnected.joined(separator: "; "))."
    )
    if let outputs {
      let partial = places { !$0.isDisconnected && $0.details.outputs.map { $0 < outputs } == true }
      section.say(
        "\(strong: "Fewer than all \(outputs) outputs reached:") \(partial.isEmpty ? "no run" : partial.joined(separator: "; "))."
      )
    }
    guard known else { return section }
    var rows = Markdown.Table(
      [.text("method"), .text("ablation")]
        + table.densities.map { .text(.init(Format.percent($0.value))) })
    for arm in table.methods.flatMap({ table.arms(of: $0) }) {
      let own = cells(Arm(method: arm.method))
      let cells = cells(arm)
      if arm.ablation == RunRecord.unablated || cells != own {
        rows.append(plain: [arm.method, arm.words] + cells)
      }
    }
    section.blocks.append(
      .details(
        summary: "Effective density, and outputs reached where some are not: means over runs; "
          + "left out are arms that differ in neither from the method itself",
        [.table(rows)]))
    return section
  }

  /// Outputs of the network: those that are known, or the most that any mask reaches.
  private var outputs: Int? {
    terms.settings.outputs
      ?? table.methods.flatMap { table.arms(of: $0) }.flatMap { table.runs($0) }
      .compactMap(\.details.outputs).max()
  }

  /// Arms with runs of which something holds, with the densities and how many runs.
  private func places(_ holds: (RunRecord) -> Bool) -> [String] {
    table.methods.flatMap { table.arms(of: $0) }.compactMap { arm in
      let found = table.densities.compactMap { density -> String? in
        let runs = table.runs(arm, density)
        let count = runs.count { holds($0.record) }
        guard count > 0 else { return nil }
        let part = count == runs.count ? "" : " (\(count) of \(Format.count(runs.count, "run")))"
        return Format.percent(density.value) + part
      }
      return found.isEmpty
        ? nil : "\(arm.method) · \(arm.words) at \(found.joined(separator: ", "))"
    }
  }

  /// One text per density.
  private func cells(_ arm: Arm) -> [String] {
    table.densities.map { density in
      let runs = table.runs(arm, density)
      guard !runs.isEmpty else { return Format.missing }
      if runs.allSatisfy(\.isDisconnected) { return "disconnected" }
      let effective = runs.compactMap(\.effectiveDensity)
      let reached = runs.compactMap(\.details.outputs)
      guard !effective.isEmpty else { return Format.missing }
      let words = Format.percent(Sample.mean(effective))
      guard let outputs, reached.contains(where: { $0 < outputs }) else { return words }
      let mean = Sample.mean(reached.map(Double.init))
      return "\(words), \(Format.significant(mean)) of \(outputs) outputs"
    }
  }
}
