import Recipes
package import Suites

extension AblationDesign: Analysis {
  package static let about = AboutAnalysis(
    name: "ablation",
    question: "Do pruned networks get better or worse under ablations of their masks?",
    measure:
      "the mean over replicates of accuracy under the ablation − accuracy of the method, density by density",
    source: "Frankle, Dziugaite, Roy & Carbin, ICLR 2021", keys: AblationKey.names,
    needs: [.training, .replicates])

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(AblationKey.self, beside: nil) else { return nil }
    let densities = fields.required(.densities, example: "densities: [0.8^3, 0.8^6, 10%]")?
      .nonEmpty("a list of densities, such as [0.8^3, 10%]", least: "at least one density") {
        $0.density()
      }
    let combinations = fields[.ablations].map { $0.combinations() ?? [] }
    let methods = fields.required(.methods, example: "methods: {random: random, snip: snip}")?
      .methods(frame, densities: densities ?? [], combinations: combinations)
    let statistics = fields[.statistics]?.fields(AblationStatisticsKey.self, beside: nil)
    let metric =
      statistics?[.metric]?.name("metric", among: Metric.all.map(\.name)).flatMap(Metric.named)
      ?? .accuracy
    if metric.name == Metric.accuracy.name || metric.derivesFromAccuracy,
      frame.network?.program.map({ $0.description.classes == nil }) == true
    {
      (statistics?[.metric] ?? fields[.statistics] ?? root).report(
        .unexpected(
          found: "the metric \(metric.name), of a program that tells no classes",
          expected: "`statistics: {metric: loss, margin: …}`, the margin in nats"))
    }
    let rules = root.rules(
      fields[.statistics], frame, metric: metric, margin: metric.usualMargin,
      beside: AblationStatisticsKey.names,
      primary: {
        $0.densities(among: densities ?? [], "the suite's densities, such as [10%]") { entry, _ in
          .unexpected(found: entry.found, expected: "one of the suite's densities")
        }
      }, allPrimary: densities ?? [])
    let recordsDense = fields[.dense]?.flag() ?? true
    let recordsCurves = fields[.learningCurves]?.learningCurves(frame) ?? false
    guard let densities, let methods else { return nil }
    root.warn(methods, at: fields[.methods] ?? root)
    if frame.precision == .bfloat16,
      methods.contains(where: { $0.ablations.contains { $0.precision(.float32) == .bfloat16 } })
    {
      (fields[.ablations] ?? fields[.methods] ?? root).report(
        .inapplicable(
          owner: "suites whose trainings are in bfloat16 already",
          remedy: "remove the ablation bfloat16, or `precision: bfloat16`"))
    }
    self.init(
      densities: densities, methods: methods, recordsDense: recordsDense,
      recordsCurves: recordsCurves, rules: rules,
      weights: statistics?[.weights]?.weights(methods, rules.family) ?? [],
      published: fields[.published]?.publishedClaims(methods) ?? [])
  }

  package var runsPerReplicate: Double {
    let arms = methods.reduce(0.0) { $0 + Double(1 + $1.ablations.count) }
    return Double(densities.count) * arms + (recordsDense ? 1 : 0)
  }
}

extension Field {
  fileprivate func methods(
    _ frame: SuiteFrame, densities: [Density], combinations: [AblationCombination]?
  ) -> [Method]? {
    named("method", such: "{random: random, snip: snip}") { name, field in
      guard name != Method.dense else {
        field.reportTaken(name, by: "method", "`\(name)` is the network before pruning")
        return nil
      }
      return field.method(name, frame, densities: densities, combinations: combinations)
    }?.numbered
  }

  fileprivate func warn(_ methods: [Method], at field: Field) {
    let random = methods.filter(\.prunesAtRandom)
    if random.isEmpty {
      field.report(.noRandomMethod)
    } else if !random.contains(where: { $0.ablations.contains(AblationCombination([.shuffle])) }) {
      field.report(.noNullControl)
    }
  }
}
