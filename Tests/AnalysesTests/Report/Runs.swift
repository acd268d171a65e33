import Recipes
@testable import Analyses
@testable import Suites

/// Made-up runs whose verdicts are known.
enum Runs {
  static let densities = [Density("0.5")!, Density("0.1")!]

  /// Runs of one arm: accuracy by replicate at every density.
  static func arm(
    _ method: String, _ ablation: String, _ accuracies: [Double?],
    change: (inout RunRecord) -> Void = { _ in }
  ) -> [RunRecord] {
    densities.flatMap { density in
      accuracies.enumerated().map { index, accuracy in
        var record = RunRecord(
          method: method, ablation: ablation, density: density, replicate: index + 1,
          accuracy: accuracy)
        change(&record)
        return record
      }
    }
  }

  /// A suite in which `snip` is robust to shuffling, loses by reinitialization, and gains nothing sure
  /// by inversion; random pruning is its own control.
  static let known =
    arm("random", "none", [80, 81, 79, 80, 80.5])
    + arm("random", "shuffle", [80.1, 80.9, 79.1, 80, 80.4])
    + arm("snip", "none", [90, 91, 90.5, 90.2, 90.8])
    + arm("snip", "shuffle", [90.1, 90.9, 90.6, 90.1, 90.8])
    + arm("snip", "reinitialize", [85, 86.5, 85.2, 85.4, 86])
    + arm("snip", "invert-global", [88, 93, 89, 92, 90])

  /// The known runs, some of them changed or left out.
  static func changed(_ change: (inout RunRecord) -> Bool) -> [RunRecord] {
    known.compactMap { record in
      var record = record
      return change(&record) ? record : nil
    }
  }

  /// The text of the report.
  static func report(_ records: [RunRecord], _ terms: AblationTerms = terms()) throws -> String {
    try AnalysisReport(AblationDesign.self, records, terms).text
  }

  static func terms(margin: Double = 0.5, primary: [Density]? = nil) -> AblationTerms {
    AblationTerms(
      question: "Does it matter?", seed: 1, margin: margin, alpha: 0.05, chance: 10,
      primary: primary)
  }
}
