import Recipes
package import Suites
import Wording

extension AblationDesign {
  package var describedMethods: [Method] { methods }

  package func settings(_ suite: Suite, _ plan: AnalysisPlan<AblationCell>) -> AblationSettings {
    AblationSettings(
      margin: rules.margin, alpha: rules.alpha,
      chance: 100 / Double(suite.problem.dataset.source.classes), primary: rules.primaryDensities,
      split: rules.split.rawValue, randomMethod: methods.first(where: \.prunesAtRandom)?.name)
  }

  package func rows(_ suite: Suite, _ cells: [AblationCell], _ records: Records) throws
    -> [RunRecord]
  {
    try cells.compactMap { try RunRecord($0, records, split: rules.split) }
  }

  package static func report(_ rows: [RunRecord], _ terms: AblationTerms) throws -> [ReportSection]
  {
    let analysis = try AblationAnalysis(rows, terms: terms)
    let steps = rows.compactMap(\.details.steps).reduce(0, +)
    return [
      analysis.answerSection, analysis.accuracySection, analysis.verdictSection,
      try analysis.differenceSection(),
      analysis.layerSection, analysis.auditSection, analysis.runSection,
      .provenance(
        terms,
        [
          Fact("split that decides", terms.settings.split),
          Fact("optimizer steps", "\(Format.count(steps)) in \(Format.count(rows.count, "run"))"),
        ]),
    ]
  }
}
