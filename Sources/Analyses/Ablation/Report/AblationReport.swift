import Recipes
package import Suites
import Wording

extension AblationDesign {
  package var describedMethods: [Method] { methods }

  package func settings(_ suite: Suite, _ plan: AnalysisPlan<AblationCell>) -> AblationSettings {
    let dataset = suite.problem.dataset
    return AblationSettings(
      metric: rules.metric, margin: rules.margin, alpha: rules.alpha, family: rules.family,
      chance: rules.chance, primary: rules.primaryDensities,
      split: rules.split.rawValue,
      examples: rules.split == .test ? dataset.source.testCount : dataset.validation,
      outputs: dataset.source.classes, randomMethod: methods.random?.name,
      weights: weights.isEmpty ? nil : weights, published: published.isEmpty ? nil : published)
  }

  package func rows(_ suite: Suite, _ cells: [AblationCell], _ records: Records) throws
    -> [RunRecord]
  {
    let crossing =
      rules.split == .test
      ? Crossing(cells, records, random: methods.random?.name, looks: suite.looks) : nil
    return try cells.compactMap { cell in
      guard
        var row = try RunRecord(
          cell, records, rules.split, withCurve: recordsCurves,
          classifies: suite.problem.dataset.source.classes > 0)
      else { return nil }
      let spread = try crossing?.spread(of: cell)
      row.details.examplesDeviation = spread?.examples
      row.details.residualDeviation = spread?.residual
      row.details.look = suite.look(of: cell.replicate)
      return row
    }
  }

  package static func report(_ rows: [RunRecord], _ terms: AblationTerms) throws -> [ReportSection]
  {
    let analysis = try AblationAnalysis(rows, terms: terms)
    let steps = rows.compactMap(\.details.steps).reduce(0, +)
    return [
      analysis.answerSection, analysis.controlSection, analysis.publishedSection,
      analysis.valueSection,
      analysis.claimSection, analysis.looksSection, try analysis.differenceSection,
      analysis.layerSection,
      analysis.connectivitySection, analysis.curveSection,
      analysis.auditSection, analysis.runSection,
      .provenance(
        terms,
        [
          Fact("metric that decides", terms.settings.metric.words),
          Fact("split that decides", terms.settings.split),
          Fact("weights of comparisons", terms.settings.weightWords),
          Fact("optimizer steps", "\(Format.count(steps)) in \(Format.count(rows.count, "run"))"),
        ]),
    ]
  }
}
