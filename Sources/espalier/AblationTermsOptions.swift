import Analyses
import ArgumentParser
import Suites

/// What the report of a table of ablations is judged by.
struct AblationTermsOptions: ParsableArguments {
  @Option(help: "Differences within this many accuracy points count as none. (default: 0.5)")
  var margin: Double?

  @Option(help: "Level of each one-sided test. (default: 0.05)")
  var alpha: Double?

  @Option(help: "Root of the random streams of the statistics. (default: 1)")
  var seed: UInt64?

  @Option(
    help: "Accuracy of guessing in percent, what a diverged run counts as. (default: 10)")
  var chance: Double?

  @Option(help: "The question that the report opens with.")
  var question: String?

  func validate() throws {
    if let chance, !(0...100).contains(chance) {
      throw ValidationError("--chance \(chance): write a percentage from 0 to 100")
    }
    if let margin, !DecisionRules.margins.contains(margin) {
      throw ValidationError("--margin \(margin): write \(DecisionRules.marginForm)")
    }
    if let alpha, !DecisionRules.alphas.contains(alpha) {
      throw ValidationError("--alpha \(alpha): write \(DecisionRules.alphaForm)")
    }
  }

  /// `terms`, or the usual ones, with what is stated in its place.
  func over(_ terms: AblationTerms?) -> AblationTerms {
    var terms =
      terms
      ?? AblationTerms(
        question: AblationDesign.about.question, seed: 1, margin: 0.5, alpha: 0.05, chance: 10)
    if let question { terms.question = question }
    if let seed { terms.seed = seed }
    if let margin { terms.settings.margin = margin }
    if let alpha { terms.settings.alpha = alpha }
    if let chance { terms.settings.chance = chance }
    return terms
  }

  /// Fails where anything is stated, since `analysis` has no use for it.
  func requireNone(of analysis: String) throws {
    let stated = [
      ("--margin", margin != nil), ("--alpha", alpha != nil), ("--seed", seed != nil),
      ("--chance", chance != nil), ("--question", question != nil),
    ].filter(\.1).map(\.0)
    guard stated.isEmpty else {
      throw ValidationError(
        "\(stated.joined(separator: ", ")): the terms beside this table are those of the analysis"
          + " \(analysis), which are fixed; leave it out")
    }
  }
}
