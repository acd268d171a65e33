package import Recipes

/// What is fixed before the run, so that no result can change it.
package struct DecisionRules: Hashable, Sendable {
  /// Which comparisons share α.
  package enum Family: String, Hashable, Codable, Sendable, CaseIterable {
    /// All of the suite.
    case suite
    /// Those of one ablation.
    case ablation
  }

  /// What networks are rated by.
  package let metric: Metric
  /// Within which difference, in the metric's unit, values count as the same.
  package let margin: Double
  /// The familywise error of each kind of claim.
  package let alpha: Double
  /// Which comparisons share it.
  package let family: Family
  /// The split whose examples decide.
  package let split: Split
  /// The accuracy in percent of a network that gives all examples of the split the commonest class.
  package let chance: Double
  /// The densities at which something is claimed.
  package let primaryDensities: [Density]

  /// Levels whose quantiles can be computed.
  package static let alphas = 0.000001...(0.5.nextDown)
  /// How a level is written.
  package static let alphaForm = "a number from 0.000001 on and below 0.5"
}

extension Field {
  /// Reads `statistics:`.
  ///
  /// - Parameters:
  ///   - metric: what networks are rated by.
  ///   - defaultMargin: in the metric's unit, where the suite states none; `nil` where it must.
  ///   - others: keys of `statistics:` that are read elsewhere.
  ///   - primary: reads `primary-densities:`.
  ///   - all: the densities that are primary where the suite states none.
  package func rules(
    _ statistics: Field?, _ frame: SuiteFrame, metric: Metric = .accuracy,
    margin defaultMargin: Double?, beside others: [String] = [], primary: (Field) -> [Density]?,
    allPrimary all: [Density]
  ) -> DecisionRules {
    let fields = statistics?.fields(StatisticsKey.self, beside: others)
    if defaultMargin == nil, fields?[.margin] == nil {
      (statistics ?? self).report(.unexpected(found: "no margin", expected: metric.marginForm))
    }
    let margin =
      fields?[.margin]?.number(metric.marginForm, where: metric.margins.contains)
      ?? defaultMargin ?? 0
    let alpha = fields?[.alpha]?.number(
      DecisionRules.alphaForm, where: DecisionRules.alphas.contains)
    let family = fields?[.family]?.parsed("suite or ablation", by: DecisionRules.Family.init)
    let split = fields?[.split]?.decidingSplit(frame) ?? .test
    if metric.isShare, let dataset = frame.dataset {
      let count = split == .test ? dataset.source.testCount : dataset.validation
      let example = 100 / Double(max(count, 1))
      if margin < example {
        (fields?[.margin] ?? statistics ?? self).report(
          .marginBelowExample(margin: margin, example: example, split: split.rawValue))
      }
    }
    return DecisionRules(
      metric: metric, margin: margin, alpha: alpha ?? 0.05, family: family ?? .suite, split: split,
      chance: 100 * (frame.dataset.map { frame.files.commonestShare(of: split, $0) } ?? 0),
      primaryDensities: fields?[.primaryDensities].flatMap(primary) ?? all)
  }

  private func decidingSplit(_ frame: SuiteFrame) -> Split? {
    let split = parsed("test or validation") { text in
      Split(rawValue: text).flatMap { $0 == .train ? nil : $0 }
    }
    guard split == .validation, frame.dataset?.validation == 0 else { return split }
    report(
      .inapplicable(
        owner: "a dataset with `validation: 0`", remedy: "hold examples out or write test"))
    return nil
  }
}
