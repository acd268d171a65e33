import Recipes
import Suites
import Wording

extension AblationAnalysis {
  /// How many replicates it took; nothing in suites of one look.
  var looksSection: ReportSection {
    guard let looks = terms.severalLooks else { return ReportSection() }
    let arms = table.methods.flatMap(table.arms(of:)).map { arm in
      ReportSection.ReplicatedArm(
        arm.ablation == RunRecord.unablated ? arm.method : "\(arm.method) · \(arm.ablation)",
        replicates: Dictionary(
          uniqueKeysWithValues: table.densities.map { ($0, table.runs(arm, $0).count) }),
        runs: table.runs(arm).count)
    }
    let margin = terms.settings.metric.amount(Format.significant(terms.settings.margin))
    return .looks(looks, comparisons.flatMap(\.verdicts), arms, margin: margin)
  }
}
