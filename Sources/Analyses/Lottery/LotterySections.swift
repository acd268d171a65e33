import Recipes
import Reports
import Suites
import Wording

extension LotteryAnalysis {
  /// Everything recorded about every level.
  var levelSection: ReportSection {
    var section = ReportSection(
      "Levels",
      .paragraph(
        """
        Means over replicates with 95 % intervals where there is room. Density is that of the weights \
        ranked together; beside it the fraction of all prunable weights and of each layer. Early: at the \
        step of the lowest validation loss. Sign changes: share of the kept weights whose sign at the end \
        of training differs from that at its first step (for tickets the rewinding step); distance: \
        Euclidean, between the same two points. Early step: the median, as below.
        """))
    for group in groups {
      let layers = layerNames
      let columns: [Markdown.Table.Column] = [
        .number("level"), .number("density"), .number("kept"), .number("accuracy"),
        .number("early accuracy"), .number("early step"), .number("sign changes"),
        .number("distance"),
      ]
      var table = Markdown.Table(columns + layers.map { .number("\(code: $0)") })
      table.append(plain: row(group, .dense, level: 0, layers))
      for level in 1..<(settings.densities.count + 1) {
        table.append(plain: row(group, .ticket, level: level, layers))
      }
      section.blocks.append(
        .details(summary: "Tickets \(settings.title(group))", [.table(table)]))
    }
    if let group = groups.first { showLayers(of: group, in: &section) }
    for group in groups where settings.arms(of: group).count > 1 {
      let arms = Array(settings.arms(of: group).dropFirst())
      let columns = arms.flatMap { arm -> [Markdown.Table.Column] in
        [.number(.init(arm.words)), .number("early")]
      }
      var table = Markdown.Table([.number("density")] + columns)
      for density in settings.densities {
        let cells = arms.flatMap { arm in
          [
            cell(accuracies(group, arm, density)),
            cell(sample(group, arm, density, \.earlyAccuracy)),
          ]
        }
        table.append(plain: [Format.percent(density.value)] + cells)
      }
      section.blocks.append(
        .details(
          summary: "Accuracy of controls in percent, \(settings.title(group))", [.table(table)]))
    }
    return section
  }

  private func row(
    _ group: Group, _ arm: LotteryArm, level: Int,
    _ layers: [String]
  ) -> [String] {
    let density = settings.density(ofLevel: level)
    func mean(_ digits: Int, _ value: (LotteryRun) -> Double?) -> String {
      Format.number(summary(group, arm, density, value)?.mean, digits: digits)
    }
    func percent(_ value: (LotteryRun) -> Double?) -> String {
      Format.percent(summary(group, arm, density, value)?.mean)
    }
    // The dense network keeps everything and has no mask.
    let whole = arm == .dense ? 1.0 : nil
    let kept = percent { run in
      run.layers.isEmpty
        ? whole
        : Double(run.layers.reduce(0) { $0 + $1.kept })
          / Double(run.layers.reduce(0) { $0 + $1.size })
    }
    let signChanges = percent { run in
      guard let changes = run.signChanges, let kept = run.kept, kept > 0 else { return nil }
      return Double(changes) / Double(kept)
    }
    let ofLayers = layers.map { name in percent { $0.layers.fraction(of: name) ?? whole } }
    return [
      "\(level)", Format.percent(density.value), kept,
      cell(accuracies(group, arm, density)), mean(2, \.earlyAccuracy),
      earlySteps(group, arm, density)?.words ?? Format.missing, signChanges, mean(2, \.distance),
    ] + ofLayers
  }

  /// Layer-wise densities of tickets.
  private func showLayers(of group: Group, in section: inout ReportSection) {
    let names = layerNames
    guard !names.isEmpty else { return }
    section.show(
      LineChart(
        names.map { name in
          LineChart.Series(
            name,
            settings.densities.map { density in
              let mean = summary(group, .ticket, density) { run in
                run.layers.fraction(of: name).map { 100 * $0 }
              }?.mean
              return .init(100 * density.value, onLogarithmicAxis: mean)
            }, intervals: .hidden)
        }, x: densityAxis, y: Axis("kept of the layer (%)", scale: .log10)),
      title: "Layers of tickets",
      alternative:
        "Percent of each layer that tickets keep against the density, one line for each of "
        + "\(names.sentence). The tables of levels hold the numbers.",
      as: "layers",
      caption: "Mean over replicates; tickets \(settings.title(group)).")
  }

  /// What must hold of masks and weights, and whether it does.
  var auditSection: ReportSection {
    var notes: [Markdown.Text] = [
      """
      Pruned weights that are exactly zero after training: \
      \(Format.count(runs.all.reduce(0) { $0 + $1.prunedAtZero })) of \
      \(Format.count(runs.all.reduce(0) { $0 + $1.pruned })).
      """
    ]
    for arm in settings.controls where arm.ablation?.changesMask == true {
      let changed = runs.all.filter { $0.arm == arm && $0.changed != nil }
      guard !changed.isEmpty else { continue }
      let expected = changed.reduce(0) { $0 + ($1.expectedChanged ?? 0) }
      let known = changed.compactMap(\.countsKept)
      let counts =
        known.isEmpty
        ? "whether they keep every layer's count is not recorded"
        : "\(Format.count(known.count { $0 })) of \(Format.count(known.count)) keep every layer's count"
      notes.append(
        """
        Masks under \(arm.rawValue): \(counts); entries changed: \
        \(Format.count(changed.reduce(0) { $0 + ($1.changed ?? 0) })), expected \
        \(Format.count(Int(expected.rounded()))).
        """)
    }
    let fresh = runs.all.filter { $0.reinitialized != nil }
    if !fresh.isEmpty {
      notes.append(
        """
        Reinitialized: \(Format.count(fresh.reduce(0) { $0 + ($1.reinitialized ?? 0) })) of \
        \(Format.count(fresh.reduce(0) { $0 + ($1.reinitializedOf ?? $1.kept ?? 0) })) kept weights differ from the \
        ticket's.
        """)
    }
    let cut = runs.all.filter { $0.connected == false }
    notes.append(
      cut.isEmpty
        ? "Every mask leaves a path from the input to an output."
        : """
        Masks without a path from the input to an output: \(Format.count(cut.count)) \
        (\(Set(cut.map(\.arm.words)).sorted().sentence)); their accuracy is chance by construction.
        """)
    return ReportSection(
      "Audits",
      .bullets(notes))
  }

  /// How tickets were found and trained.
  var protocolSection: ReportSection {
    ReportSection(
      "Protocol",
      .table(.init(of: settings.protocol)))
  }
}

extension LotteryAnalysis {
  /// Names of the prunable layers; none where no mask is there.
  fileprivate var layerNames: [String] {
    runs.all.first { !$0.layers.isEmpty }?.layers.map(\.name) ?? []
  }
}

extension LotteryDesign {
  /// How tickets are found and trained, and how the suite decides.
  var protocolFacts: [Fact] {
    var facts: [Fact] = []
    func add(_ what: String, _ value: String) { facts.append(Fact(what, value)) }
    func rate(_ kept: Density) -> String { Format.percent(1 - kept.value) }
    add(
      "levels",
      "\(ladder.levels), \(rate(ladder.kept)) pruned in each"
        + (ladder.keptInOutput.map { ", \(rate($0)) in the output layer, ranked by itself" } ?? ""))
    add(
      "kept at level l",
      "N − ⌊(1 − \(ladder.kept)^l)·N⌋ of the N weights ranked together, in exact arithmetic")
    add("scores", "\(ladder.ranking.criterion.words), scope \(ladder.ranking.scope.rawValue)")
    if !ladder.ranking.excluded.isEmpty {
      add("left whole", ladder.ranking.excluded.sentence)
    }
    switch ladder.schedule {
    case .iterative: add("schedule", "iterative: every level ranks the weights of the one before")
    case .oneShot: add("schedule", "one-shot: every density ranks the dense network's weights")
    }
    add(
      "rewinding",
      rewinds.map { $0 == .zero ? "initialization" : "step \($0)" }.sentence
        + "; weights, batch norm's statistics and learning rate go back together, the optimizer's moments "
        + "begin at zero")
    switch ladder.dataOrder {
    case .repeated:
      add("data order", "repeated: as the dense network's from the rewinding step on")
    case .fresh: add("data order", "fresh: drawn for every level")
    }
    let arms = controls.ablations.map { ablation in
      let words = LotteryArm(ablation).words
      return ablation.hasDraws ? "\(words) × \(controls.draws[ablation] ?? 0)" : words
    }
    add(
      "controls",
      (arms.isEmpty ? "none" : arms.sentence)
        + (controls.densities.map { ", at \($0.words)" } ?? ""))
    add(
      "decision",
      "\(rules.split.rawValue) split, margin \(Format.significant(rules.margin)) points, "
        + "α = \(Format.significant(rules.alpha))")
    return facts
  }
}
