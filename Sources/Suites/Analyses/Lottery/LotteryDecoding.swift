import Foundation
package import Laboratory
import Recipes
import Reports
import Statistics

extension LotteryDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "lottery",
      question: "Does the ticket match the dense network, and do its controls?",
      keys: LadderKey.allCases.map(\.rawValue) + LotteryKey.allCases.map(\.rawValue),
      needs: [.training, .replicates],
      template: SuiteTemplate.lottery)
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(LotteryKey.self, beside: nil) else { return nil }
    let ladder = root.ladder(frame, beside: nil)
    let rewinds = fields[.rewind].map { $0.rewindingSteps(frame.timeline) } ?? [.zero]
    let controls = fields[.controls].map { $0.lotteryControls(frame, ladder) } ?? .papers
    let transfer = fields[.transfer].map { $0.transfer(frame) }
    let rules = root.rules(
      fields[.statistics], frame, margin: Matching.publishedDrop,
      primary: { $0.densities(of: ladder) }, allPrimary: ladder?.densities ?? [])
    guard let ladder, let rewinds, let controls else { return nil }
    if case .some(.none) = transfer { return nil }
    self.init(
      ladder: ladder, rewinds: rewinds, controls: controls, transfer: transfer ?? nil,
      rules: rules)
  }

  package var runsPerReplicate: Double {
    let controls = Double(controls.draws.values.reduce(0, +))
    let arms = (2 + controls) * (transfer == nil ? 1 : 2)
    return SuiteSize.product(rewinds.count, ladder.levels) * arms + 1
  }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<LotteryCell> {
    try AnalysisPlan(expanding: suite, self)
  }

  package func unsharedTrainings(_ cells: [LotteryCell]) -> Int? {
    cells.reduce(0) { $0 + $1.unsharedTrainings }
  }
}

extension LotteryCell: AnalysisCell {
  package var keys: [Key] { training.keys }
}

extension Field {
  /// Reads a ladder's keys from this mapping; `others` are keys that are read elsewhere.
  func ladder(_ frame: SuiteFrame, beside others: [String]? = []) -> LotteryLadder? {
    guard let fields = fields(LadderKey.self, beside: others) else { return nil }
    let levels = fields[.levels].map { $0.integer(1...100) } ?? 15
    let kept = fields[.rate].map { $0.keptFraction() } ?? Density("0.8")
    let keptInOutput = fields[.outputRate].map { $0.keptFraction() }
    let excluded = fields[.exclude].map { $0.excluded(frame) } ?? []
    var ranking: RankingSpecification?
    if let criterion = fields[.criterion] {
      ranking = criterion.levelRanking(frame)
    } else {
      ranking = RankingSpecification(
        criterion: CriterionSpecification(.magnitude),
        scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval),
        scope: .global, schedule: .oneShot, excluded: [])
    }
    let scope = fields[.scope].map { $0.name("scope", as: SuiteName.LadderScope.self) } ?? .global
    let schedule =
      fields[.schedule].map { $0.name("schedule", as: LotteryLadder.Schedule.self) } ?? .iterative
    let order =
      fields[.dataOrder].map { $0.name("data order", as: LotteryLadder.DataOrder.self) }
      ?? .repeated
    if keptInOutput != nil, let output = frame.problem?.outputLayer,
      excluded?.contains(output) == true
    {
      fields[.outputRate]?.report(
        .inapplicable(owner: "an output layer that is left whole", remedy: "remove it"))
    }
    guard let levels, let kept, let excluded, let ranking, let scope, let schedule, let order else {
      return nil
    }
    if case .some(.none) = keptInOutput { return nil }
    for (key, fraction) in [(LadderKey.rate, kept), (.outputRate, (keptInOutput ?? nil) ?? kept)]
    where fraction.raised(to: levels) == nil {
      (fields[.levels] ?? fields[key] ?? self).report(
        .unexpected(
          found:
            "\(Format.count(levels, "level")) at a `\(key.rawValue)` that leaves less than 10⁻¹²",
          expected: "fewer levels"))
      return nil
    }
    return LotteryLadder(
      levels: levels, kept: kept, keptInOutput: keptInOutput ?? nil,
      ranking: RankingSpecification(
        criterion: ranking.criterion, scoring: ranking.scoring, scope: scope.scope,
        schedule: .oneShot, excluded: excluded), schedule: schedule, dataOrder: order)
  }

  /// Reads `all`, or some of a ladder's densities; without a ladder only their form is checked.
  func densities(of ladder: LotteryLadder?) -> [Density]? {
    if scalar == SuiteName.all { return ladder?.densities ?? [] }
    let expected = "`all`, or some of the ladder's densities, such as [0.8^3, 0.8^15]"
    let chosen = distinct(expected) { entry -> Density? in
      guard let density = entry.density() else { return nil }
      guard let ladder else { return density }
      if let own = ladder.densities.first(where: density.isNear) { return own }
      entry.report(
        .unreachableDensity(
          entry.scalar ?? density.description, nearest: ladder.nearest(to: density)))
      return nil
    }
    guard chosen?.isEmpty == true, node.sequence?.isEmpty == true else { return chosen }
    report(.unexpected(found: "an empty list", expected: expected))
    return nil
  }

  /// Reads one rewinding step or a list of them.
  fileprivate func rewindingSteps(_ timeline: Timeline) -> [Step]? {
    guard node.sequence != nil else {
      return timeline.beforeEnd(step(), at: self).map { [$0] }
    }
    let expected = "a step, or a list such as [0it, 500it]"
    let steps = distinct(expected) { timeline.beforeEnd($0.step(), at: $0) }
    if node.sequence?.isEmpty == true {
      report(.unexpected(found: "an empty list", expected: expected))
      return nil
    }
    return steps.map(timeline.sorted)
  }

  /// Reads a fraction that is pruned and returns the one that is kept.
  private func keptFraction() -> Density? {
    parsed("a fraction above 0 and below 1, such as 20% or 1/5") { Density($0)?.complement }
  }

  /// Reads a criterion's name, or a mapping of a method's keys that describe its scores.
  private func levelRanking(_ frame: SuiteFrame) -> RankingSpecification? {
    guard isMapping else { return ranking(nil, frame) }
    guard let fields = methodFields() else { return nil }
    let scores: [MethodKey] = [.criterion, .examplesPerClass, .examples, .batchSize, .batchNorm]
    fields.reject(
      MethodKey.allCases.filter { !scores.contains($0) }, for: "the scores of a ladder's levels")
    return ranking(fields, frame)
  }

  fileprivate func lotteryControls(_ frame: SuiteFrame, _ ladder: LotteryLadder?)
    -> LotteryControls?
  {
    let known = Ablation.ofTickets.map(\.name)
    if node.sequence != nil {
      return distinct("controls, such as [random, reinitialize]") { entry in
        entry.name("control", among: known).flatMap(Ablation.named).map { ablation in
          entry.requireOtherReplicate(of: ablation, frame)
          return ablation
        }
      }.map(LotteryControls.init)
    }
    guard let fields = fields(ControlKey.self, beside: known) else { return nil }
    var controls = LotteryControls()
    for ablation in Ablation.ofTickets {
      guard let field = fields.others[ablation.name] else { continue }
      let draws = ablation.hasDraws ? field.integer(0...1000) : field.flag().map { $0 ? 1 : 0 }
      controls.draws[ablation] = draws == 0 ? nil : draws
      if draws ?? 0 > 0 { field.requireOtherReplicate(of: ablation, frame) }
    }
    controls.densities = fields[.densities].map { $0.densities(of: ladder) ?? [] }
    return controls
  }

  private func requireOtherReplicate(of ablation: Ablation, _ frame: SuiteFrame) {
    guard case .start(.otherReplicate) = ablation.stage, frame.replicates < 2 else { return }
    report(
      .inapplicable(
        owner: "a suite of one replicate, which has no other seed",
        remedy: "write `replicates: 2` or more"))
  }

  /// Reads the dataset that tickets are transferred to: its networks must have the same tensors.
  fileprivate func transfer(_ frame: SuiteFrame) -> DatasetSpecification? {
    guard let fields = fields(TransferKey.self),
      let field = fields.required(.dataset, example: "dataset: mnist"),
      let dataset = field.dataset(seed: frame.seed, files: frame.files)
    else { return nil }
    guard let source = frame.problem else { return nil }
    let target = Problem(network: source.network, dataset: dataset)
    if !dataset.hasExamples {
      field.report(
        .inapplicable(
          owner: "networks without examples to train on", remedy: "name a dataset with examples"))
      return nil
    }
    if dataset.source.imageFolder != nil, source.dataset.source.imageFolder != nil {
      field.report(
        .inapplicable(
          owner: "a second folder of images", remedy: "one of the two datasets may be a folder"))
      return nil
    }
    if let (mine, theirs) = zip(source.tensors, target.tensors).first(where: { $0 != $1 }) {
      field.report(
        .misfit(
          "the ticket's `\(mine.name)` has shape \(mine.shape) and \(dataset.source.name)'s"
            + " \(theirs.shape); name a dataset with the same input shape and classes"))
      return nil
    }
    if let batch = frame.training?.batchSize, batch > dataset.trainCount {
      field.report(
        .unexpected(
          found: "\(dataset.trainCount) training examples",
          expected: "a dataset with at least a batch of \(batch)"))
      return nil
    }
    if let batch = frame.training?.batchSize {
      frame.checkBatches(
        dataset.trainCount, of: batch, "training examples", at: field, from: dataset)
    }
    return dataset
  }
}

extension LotteryLadder {
  /// The two of the ladder's densities nearest to `density` by their ratio, as `0.8^5` (32.8 %).
  func nearest(to density: Density) -> [String] {
    let distance = { (level: Int) in abs(log(self.density(ofLevel: level).value / density.value)) }
    return (1...levels).sorted { distance($0) < distance($1) }.prefix(2).sorted().map {
      "`\(kept)^\($0)` (\(Format.percent(self.density(ofLevel: $0).value)))"
    }
  }
}

extension SuiteName.LadderScope {
  /// The scope of this name.
  fileprivate var scope: Scope {
    switch self {
    case .global: .global
    case .layerWise: .layerwise
    }
  }
}
