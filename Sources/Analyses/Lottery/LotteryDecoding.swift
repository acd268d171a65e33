import Foundation
import Recipes
import Statistics
import Suites
import Wording

extension LotteryDesign: Analysis {
  static let about = AboutAnalysis(
    name: "lottery", question: "Does the ticket match the dense network, and do its controls?",
    measure:
      "the mean over replicates of accuracy of m ⊙ wₖ trained − accuracy of the dense network, m found by iterative magnitude pruning, k the step of rewinding",
    source: "Frankle & Carbin, ICLR 2019; Frankle, Dziugaite, Roy & Carbin, ICML 2020",
    keys: LadderKey.names + LotteryKey.names, needs: [.training, .replicates, .classes])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(LotteryKey.self, beside: nil) else { return nil }
    let ladder = root.ladder(frame, beside: nil)
    let rewinds = fields[.rewind].map { $0.rewindingSteps(frame.timeline) } ?? [.zero]
    let controls = fields[.controls].map { $0.lotteryControls(frame, ladder) } ?? .papers
    let transfer = fields[.transfer].map { $0.transfer(frame) }
    let rules = root.rules(
      fields[.statistics], frame, margin: Matching.publishedDrop,
      primary: { $0.densities(of: ladder) }, allPrimary: ladder?.densities ?? [])
    let recordsCurves = fields[.learningCurves]?.learningCurves(frame) ?? false
    guard let ladder, let rewinds, let controls else { return nil }
    if case .some(.none) = transfer { return nil }
    let target = transfer ?? nil
    self.init(
      ladder: ladder, rewinds: rewinds, controls: controls, transfer: target,
      transferChance: target.map { 100 * frame.files.commonestShare(of: rules.split, $0) } ?? 0,
      recordsCurves: recordsCurves, rules: rules)
  }

  var runsPerReplicate: Double {
    let controls = Double(controls.draws.values.reduce(0, +))
    let arms = (2 + controls) * (transfer == nil ? 1 : 2)
    return SuiteSize.product(rewinds.count, ladder.levels) * arms + 1
  }

  func unsharedTrainings(_ cells: [LotteryCell]) -> Int? {
    cells.reduce(0) { $0 + $1.unsharedTrainings }
  }
}

extension Field {
  /// Reads one rewinding step or a list of them.
  fileprivate func rewindingSteps(_ timeline: Timeline) -> [Step]? {
    guard isList else {
      return timeline.beforeEnd(step(), at: self).map { [$0] }
    }
    return nonEmpty("a step, or a list such as [0it, 500it]") {
      timeline.beforeEnd($0.step(), at: $0)
    }.map(timeline.sorted)
  }

  fileprivate func lotteryControls(_ frame: SuiteFrame, _ ladder: LotteryLadder?)
    -> LotteryControls?
  {
    let known = Ablation.ofTickets.map(\.name)
    if isList {
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
