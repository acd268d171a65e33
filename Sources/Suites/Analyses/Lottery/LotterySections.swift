import Recipes
import Reports
import Wording

extension ReportSection {
  /// When the validation loss is lowest.
  static func earlyStopping(_ analysis: LotteryAnalysis) -> ReportSection {
    var section = ReportSection()
    guard analysis.runs.contains(where: { $0.earlyStep != nil }) else { return section }
    section.blocks.append(.heading(2, "When the validation loss is lowest"))
    let groups = analysis.groups.filter { !$0.isTransferred }
    let dense = groups.first.flatMap { group in
      analysis.summary(analysis.sample(group, .dense, .one) { $0.earlyStep.map(Double.init) })
    }
    let every = analysis.suite.training.evaluateEvery
      .iterations(perEpoch: analysis.suite.stepsPerEpoch)
    section.show(
      Figure(
        title: "Early-stopping step against density",
        alternative:
          "Step of the lowest validation loss against the fraction of weights kept, a line for each arm. "
          + "The tables of levels and records.csv hold the numbers.",
        .lines(
          LineChart(
            panels: analysis.panels(groups) { $0.earlyStep.map(Double.init) },
            x: analysis.densityAxis, y: Axis("early-stopping step"),
            references: dense.map { [.init("dense network", y: $0.mean)] } ?? [], dodged: true))),
      as: "early-stopping",
      caption: """
        Optimizer steps since initialization at the lowest validation loss, evaluated every \
        \(Format.count(every)) steps, with 95 % t-intervals over replicates.
        """)
    return section
  }

  /// Everything recorded about every level.
  static func levels(_ analysis: LotteryAnalysis) -> ReportSection {
    var section = ReportSection(blocks: [
      .heading(2, "Levels"),
      .paragraph(
        """
        Means over replicates with 95 % intervals where there is room. Density is that of the weights \
        ranked together; beside it the fraction of all prunable weights and of each layer. Early: at the \
        step of the lowest validation loss. Sign changes: share of the kept weights whose sign at the end \
        of training differs from that at its first step (for tickets the rewinding step); distance: \
        Euclidean, between the same two points.
        """),
    ])
    for group in analysis.groups {
      let layers =
        analysis.runs.lazy.compactMap(\.mask).first?.audit.layers.map(\.name) ?? []
      let columns: [Markdown.Table.Column] = [
        .number("level"), .number("density"), .number("kept"), .number("accuracy"),
        .number("early accuracy"), .number("early step"), .number("sign changes"),
        .number("distance"),
      ]
      var table = Markdown.Table(columns + layers.map { .number("\(code: $0)") })
      table.append(row(analysis, group, .dense, level: 0, layers))
      for level in 1..<(analysis.design.ladder.levels + 1) {
        table.append(row(analysis, group, .ticket, level: level, layers))
      }
      section.blocks.append(
        .details(summary: "Tickets \(analysis.title(group))", [.table(table)]))
    }
    if let group = analysis.groups.first { section.showLayers(analysis, group) }
    for group in analysis.groups where analysis.arms(of: group).count > 1 {
      let arms = Array(analysis.arms(of: group).dropFirst())
      let columns = arms.flatMap { arm -> [Markdown.Table.Column] in
        [.number(.init(arm.words)), .number("early")]
      }
      var table = Markdown.Table([.number("density")] + columns)
      for density in analysis.design.ladder.densities {
        let cells = arms.flatMap { arm -> [Markdown.Text] in
          [
            analysis.cell(analysis.accuracies(group, arm, density)),
            analysis.cell(analysis.sample(group, arm, density, \.earlyAccuracy)),
          ]
        }
        table.append([Markdown.Text(Format.percent(density.value))] + cells)
      }
      section.blocks.append(
        .details(
          summary: "Accuracy of controls in percent, \(analysis.title(group))", [.table(table)]))
    }
    return section
  }

  private static func row(
    _ analysis: LotteryAnalysis, _ group: LotteryAnalysis.Group, _ arm: LotteryArm, level: Int,
    _ layers: [String]
  ) -> [Markdown.Text] {
    let density = analysis.design.ladder.density(ofLevel: level)
    func mean(_ digits: Int, _ value: (LotteryRun) -> Double?) -> Markdown.Text {
      let summary = analysis.summary(analysis.sample(group, arm, density, value))
      return .init(summary.map { Format.number($0.mean, digits: digits) } ?? Format.missing)
    }
    func percent(_ value: (LotteryRun) -> Double?) -> Markdown.Text {
      let summary = analysis.summary(analysis.sample(group, arm, density, value))
      return .init(summary.map { Format.percent($0.mean) } ?? Format.missing)
    }
    // The dense network keeps everything and has no mask.
    let whole = arm == .dense ? 1.0 : nil
    let kept = percent { run in
      run.mask.map { Double($0.audit.kept) / Double($0.audit.size) } ?? whole
    }
    let signChanges = percent { run in
      guard let change = run.training.change, change.kept > 0 else { return nil }
      return Double(change.signChanges) / Double(change.kept)
    }
    let ofLayers = layers.map { name in
      percent { run in
        run.mask?.audit.layers.first { $0.name == name }
          .map { Double($0.kept) / Double($0.size) } ?? whole
      }
    }
    let row: [Markdown.Text] = [
      .init("\(level)"), .init(Format.percent(density.value)), kept,
      analysis.cell(analysis.accuracies(group, arm, density)), mean(2, \.earlyAccuracy),
      mean(0) { $0.earlyStep.map(Double.init) }, signChanges,
      mean(2) { $0.training.change?.distance },
    ]
    return row + ofLayers
  }

  /// Layer-wise densities of tickets.
  private mutating func showLayers(_ analysis: LotteryAnalysis, _ group: LotteryAnalysis.Group) {
    let names = analysis.runs.lazy.compactMap(\.mask).first?.audit.layers.map(\.name) ?? []
    guard !names.isEmpty else { return }
    show(
      Figure(
        title: "Layers of tickets",
        alternative:
          "Percent of each layer that tickets keep against the density, one line for each of "
          + "\(names.sentence). The tables of levels hold the numbers.",
        .lines(
          LineChart(
            names.map { name in
              LineChart.Series(
                name,
                analysis.design.ladder.densities.map { density in
                  let summary = analysis.summary(
                    analysis.sample(group, .ticket, density) { run in
                      run.mask?.audit.layers.first { $0.name == name }
                        .map { 100 * Double($0.kept) / Double($0.size) }
                    })
                  // An empty layer has no place on a logarithmic axis.
                  return .init(100 * density.value, summary.flatMap { $0.mean > 0 ? $0.mean : nil })
                }, intervals: .hidden)
            }, x: analysis.densityAxis, y: Axis("kept of the layer (%)", scale: .log10)))),
      as: "layers", caption: "Mean over replicates; tickets \(analysis.title(group)).")
  }

  /// What must hold of masks and weights, and whether it does.
  static func lotteryAudit(_ analysis: LotteryAnalysis) -> ReportSection {
    let runs = analysis.runs
    let pruned = runs.reduce(0) { $0 + $1.training.prunedWeights }
    let atZero = runs.reduce(0) { $0 + $1.training.prunedWeightsAtZero }
    var notes: [Markdown.Text] = [
      """
      Pruned weights that are exactly zero after training: \(Format.count(atZero)) of \
      \(Format.count(pruned)).
      """
    ]
    let shuffles = runs.compactMap(\.mask?.shuffle)
    if !shuffles.isEmpty {
      let expected = shuffles.reduce(0) { $0 + $1.expected }
      notes.append(
        """
        Shuffles: \(Format.count(shuffles.count { $0.countsKept })) of \(Format.count(shuffles.count)) \
        keep every layer's count; entries changed: \
        \(Format.count(shuffles.reduce(0) { $0 + $1.changed })), expected \
        \(Format.count(Int(expected.rounded()))).
        """)
    }
    let fresh = runs.compactMap(\.training.reinitialization)
    if !fresh.isEmpty {
      notes.append(
        """
        Reinitialized: \(Format.count(fresh.reduce(0) { $0 + $1.differing })) of \
        \(Format.count(fresh.reduce(0) { $0 + $1.kept })) kept weights differ from the ticket's.
        """)
    }
    let cut = runs.filter { $0.mask?.audit.connected == false }
    notes.append(
      cut.isEmpty
        ? "Every mask leaves a path from the input to an output."
        : """
        Masks without a path from the input to an output: \(Format.count(cut.count)) \
        (\(Set(cut.map(\.cell.arm.words)).sorted().sentence)); their accuracy is chance by construction.
        """)
    return ReportSection(blocks: [.heading(2, "Audits"), .bullets(notes)])
  }

  /// How tickets were found and trained.
  static func `protocol`(_ analysis: LotteryAnalysis) -> ReportSection {
    let (suite, design) = (analysis.suite, analysis.design)
    let (ladder, controls) = (design.ladder, design.controls)
    var table = Markdown.Table([.text("what"), .text("value")])
    func add(_ name: String, _ value: String) { table.append([.init(name), .init(value)]) }
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
      design.rewinds.map { $0 == .zero ? "initialization" : "step \($0)" }.sentence
        + "; weights, batch norm's statistics and learning rate go back together, the optimizer's moments "
        + "begin at zero")
    switch ladder.dataOrder {
    case .repeated:
      add("data order", "repeated: as the dense network's from the rewinding step on")
    case .fresh: add("data order", "fresh: drawn for every level")
    }
    let arms = controls.arms.map { arm in
      arm == .reinitialize ? "\(arm.words) × \(controls.reinitializations)" : arm.words
    }
    add(
      "controls",
      (arms.isEmpty ? "none" : arms.sentence)
        + (controls.densities.map { ", at \($0.words)" } ?? ""))
    add("training", words(suite.training, steps: suite.duration))
    let dataset = suite.problem.dataset
    add(
      "examples",
      "\(Format.count(dataset.trainCount)) training, \(Format.count(dataset.validation)) validation, "
        + "\(Format.count(dataset.source.testCount)) test")
    for (file, digest) in zip(dataset.source.files, dataset.digests) {
      add("SHA-256 of \(file)", digest)
    }
    add(
      "decision",
      "\(design.rules.split.rawValue) split, margin \(Format.significant(design.rules.margin)) points, "
        + "α = \(Format.significant(design.rules.alpha))")
    return ReportSection(blocks: [.heading(2, "Protocol"), .table(table)])
  }
}
