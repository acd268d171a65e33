import Analyses
import ArgumentParser
import Recipes
import Suites

/// What the report of a table of ablations is judged by.
struct AblationTermsOptions: ParsableArguments {
  @Option(help: "Differences within this many accuracy points count as none. (default: 0.5)")
  var margin: Double?

  @Option(help: "Familywise error of each kind of claim. (default: 0.05)")
  var alpha: Double?

  @Option(help: "Which comparisons share it: suite or ablation. (default: suite)")
  var family: DecisionRules.Family?

  @Option(
    help: "Share of the commonest class in percent, what a diverged run counts as. (default: 10)")
  var chance: Double?

  @Option(help: "The method that prunes at random. (default: random)")
  var random: String?

  @Option(
    parsing: .upToNextOption,
    help: "The densities at which something is claimed, such as 0.512 0.8^6 10%. (default: all)")
  var primaryDensities: [Density] = []

  @Option(help: "What the split that decides is called. (default: test)")
  var split: String?

  @Option(help: "Examples of that split: no difference is finer than one. (default: not known)")
  var examples: Int?

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
    if let examples, examples < 1 {
      throw ValidationError("--examples \(examples): write a number of examples from 1 on")
    }
  }

  /// `terms`, or the usual ones, with what is stated in its place.
  func over(_ terms: AblationTerms?) -> AblationTerms {
    var terms =
      terms
      ?? AblationTerms(
        question: AblationDesign.about.question, seed: 1, margin: 0.5, alpha: 0.05, chance: 10)
    if let question { terms.question = question }
    if let margin { terms.settings.margin = margin }
    if let alpha { terms.settings.alpha = alpha }
    if let family { terms.settings.family = family }
    if let chance { terms.settings.chance = chance }
    if let random { terms.settings.randomMethod = random }
    if !primaryDensities.isEmpty { terms.settings.primary = primaryDensities }
    if let split { terms.settings.split = split }
    if let examples { terms.settings.examples = examples }
    return terms
  }

  /// Fails where anything is stated, since `analysis` has no use for it.
  func requireNone(of analysis: String) throws {
    let stated = [
      ("--margin", margin != nil), ("--alpha", alpha != nil), ("--family", family != nil),
      ("--chance", chance != nil), ("--random", random != nil),
      ("--primary-densities", !primaryDensities.isEmpty), ("--split", split != nil),
      ("--examples", examples != nil), ("--question", question != nil),
    ].filter(\.1).map(\.0)
    guard stated.isEmpty else {
      throw ValidationError(
        "\(stated.joined(separator: ", ")): the terms beside this table are those of the analysis"
          + " \(analysis), which are fixed; leave it out")
    }
  }
}

extension DecisionRules.Family: ExpressibleByArgument {}
