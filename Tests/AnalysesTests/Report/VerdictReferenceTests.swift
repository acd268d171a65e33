import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// Verdicts of made-up tables against those of `verdicts.py`, which was written from the rules.
struct VerdictReferenceTests {
  struct Reference: Decodable {
    let suites: [Table]
  }

  /// A table of runs, how it is judged, and what comes out.
  struct Table: Decodable {
    let margin, alpha, chance: Double
    let family: String
    let rows: [Row]
    let verdicts: [Verdict]
  }

  struct Row: Decodable {
    let record: RunRecord

    init(from decoder: any Decoder) throws {
      var fields = try decoder.unkeyedContainer()
      var record = RunRecord()
      record.method = try fields.decode(String.self)
      record.ablation = try fields.decode(String.self)
      record.density = try #require(Density("\(try fields.decode(Double.self))"))
      record.replicate = try fields.decode(Int.self)
      record.accuracy = try fields.decode(Double?.self)
      record.details.predictedClasses = try fields.decode(Int?.self)
      self.record = record
    }
  }

  struct Verdict: Decodable, Hashable {
    let method, ablation: String
    let maintained, lowered, raised: [Double]

    init(from decoder: any Decoder) throws {
      var fields = try decoder.unkeyedContainer()
      method = try fields.decode(String.self)
      ablation = try fields.decode(String.self)
      maintained = try fields.decode([Double].self)
      lowered = try fields.decode([Double].self)
      raised = try fields.decode([Double].self)
    }

    init(_ judged: JudgedComparison<ArmComparison>) {
      method = judged.comparison.treated.method
      ablation =
        judged.comparison.isAgainstRandom ? "random" : judged.comparison.treated.ablation
      maintained = judged.maintained.map(\.cell.density.value)
      lowered = judged.changed(.lowered).map(\.cell.density.value)
      raised = judged.changed(.raised).map(\.cell.density.value)
    }
  }

  @Test("every verdict of twelve tables is the reference's")
  func verdicts() throws {
    let url = try #require(Bundle.module.url(forResource: "verdicts", withExtension: "json"))
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    #expect(reference.suites.count == 12)
    for (number, table) in reference.suites.enumerated() {
      let terms = AblationTerms(
        question: "Does it matter?", seed: 1, margin: table.margin, alpha: table.alpha,
        family: try #require(DecisionRules.Family(rawValue: table.family)), chance: table.chance)
      let found = try AblationAnalysis(table.rows.map(\.record), terms: terms).comparisons
        .map(Verdict.init)
      #expect(Set(found) == Set(table.verdicts), "table \(number)")
      #expect(found.count == table.verdicts.count, "table \(number)")
    }
    // They say something of each kind.
    let all = reference.suites.flatMap(\.verdicts)
    #expect(all.count { !$0.maintained.isEmpty } == 20)
    #expect(all.count { !$0.lowered.isEmpty } == 8)
    #expect(all.count { !$0.raised.isEmpty } == 10)
  }
}
