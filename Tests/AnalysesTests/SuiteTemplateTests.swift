import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("SuiteTemplate")
struct SuiteTemplateTests {
  /// Whether `template` explains `key`: it stands there as a key, in the text or in a comment.
  private func mentions(_ key: String, in template: String) -> Bool {
    template.range(of: "(^|[^a-z0-9-])\(key)(: |:\n|`)", options: .regularExpression) != nil
  }

  @Test("the search sees a key that is missing")
  func searchCanFail() {
    #expect(!mentions("learning-rate", in: "rate: 1\nsome-learning-rate: 1\nlearning-rates: 2"))
    #expect(mentions("learning-rate", in: "{learning-rate: 1}"))
    #expect(mentions("learning-rate", in: "# `learning-rate` does"))
  }

  @Test(
    "every analysis has a template that decodes without doubts and mentions its keys",
    arguments: AnalysisList.all.map { $0.about.name })
  func everyAnalysis(_ name: String) throws {
    let analysis = try #require(AnalysisList.named(name))
    let decoded = try decode(analysis.template)
    #expect(decoded.warnings.isEmpty)
    #expect(type(of: decoded.analysis).about == analysis.about)
    for key in analysis.about.keys { #expect(mentions(key, in: analysis.template), "\(key)") }
    #expect(analysis.template.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("decodes without doubts to what it says, all defaults alike")
  func decodes() throws {
    let decoded = try decode(AblationDesign.template)
    #expect(decoded.warnings.isEmpty)
    let short = try decode(
      """
      analysis: ablation
      question: Do the scores of pruning at initialization matter beyond each layer's density?
      network: lenet-300-100
      dataset: digits
      training: {duration: 20ep}
      densities: [0.8^3, 0.8^6, 10%]
      methods:
        random: random
        snip: snip
        grasp: grasp
        synflow: synflow
        magnitude after training: {criterion: magnitude, mask-from: last}
      statistics: {margin: 1}
      """)
    #expect(decoded.suite == short.suite && design(decoded) == design(short))
  }

  @Test("mentions every key that the decoder knows")
  func everyKey() {
    let keys: [any SuiteKey] =
      SharedKey.allCases + AblationKey.allCases + AblationStatisticsKey.allCases
      + PublishedKey.allCases + DatasetKey.allCases + NormalizationKey.allCases
      + InitializerKey.allCases + TrainingKey.allCases + CosineKey.allCases
      + MilestonesKey.allCases + MethodKey.allCases + CommandKey.allCases + StatisticsKey.allCases
    let options = Criterion.options + UpdateRule.options + DatasetKind.options
    let layers = LayerKind.all.flatMap { $0.options.map(\.name) + $0.branches.map(\.name) }
    for key in keys.map({ $0.rawValue }) + options.map({ $0.name }) + layers {
      #expect(mentions(key, in: AblationDesign.template), "\(key)")
    }
  }

  @Test("mentions every name that the decoder knows")
  func everyName() {
    let names =
      ["ablation"] + DatasetKind.names + UpdateRule.names
      + SuiteName.LearningRate.allCases.map(\.rawValue)
      + Criterion.names + SuiteName.Pruning.allCases.map(\.rawValue)
      + InitializerSpecification.Weights.allCases.map(\.rawValue)
      + InitializerSpecification.Biases.allCases.map(\.rawValue)
      + SNIPReading.allCases.map(\.rawValue)
      + Scope.allCases.map(\.rawValue) + NormalizationMode.allCases.map(\.rawValue)
      + LayerKind.names + Ablation.ofMethods.map(\.name) + [SuiteName.last, SuiteName.all]
    for name in names {
      let pattern = "(^|[^a-z0-9-])\(name)($|[^a-z0-9-])"
      #expect(
        AblationDesign.template.range(of: pattern, options: .regularExpression) != nil, "\(name)")
    }
  }

  @Test("what is commented out decodes too")
  func commentedMethods() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("my_scores.py", "print()")
    for replicate in 1...Suites.Suite.usualReplicates {
      for density in ["0.512", "0.262144", "0.1"] {
        let kept = Density(density)!.kept(of: 64 * 300 + 300 * 100 + 100 * 10)
        try scratch.write(
          "masks/\(replicate)-\(density).safetensors",
          mask(
            keeping: kept, from: replicate,
            of: [
              ("fc_layers.0.weight", [300, 64]), ("fc_layers.1.weight", [100, 300]),
              ("fc.weight", [10, 100]),
            ]))
      }
    }
    let text = AblationDesign.template.replacing("# mine:", with: "mine:")
      .replacing("# elsewhere:", with: "elsewhere:")
      .replacing("# weights:", with: "weights:")
    #expect(text != AblationDesign.template)
    let claims = try #require(text.range(of: "# published:"))
    let lines = text[claims.lowerBound...].split(separator: "\n").map { $0.dropFirst(2) }
    let decoded = design(
      try decode(
        text[..<claims.lowerBound] + lines.joined(separator: "\n"), folder: scratch.url))
    #expect(decoded.methods.count == 7)
    #expect(
      decoded.weights == [
        ComparisonWeight(method: "snip", ablation: "shuffle", weight: 2),
        ComparisonWeight(method: "snip", ablation: "none", weight: 0.5),
      ])
    #expect(decoded.published.map(\.says) == [[.maintained, .raised]])
  }
}
