import Analyses
import ArgumentParser
import Recipes
import Statistics
import Suites

/// What the report of a table of ablations is judged by.
struct AblationTermsOptions: ParsableArguments {
  @Option(
    help: "What decides. (default: accuracy)")
  var metric: Metric?

  @Option(
    help: "Differences within this, in the metric's unit, count as none. (default: 0.5 points)")
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

  @Option(
    parsing: .upToNextOption,
    help: "After how many replicates was looked, such as 5 8 12 20. (default: once, at all)"
  )
  var looks: [Int] = []

  @Option(help: "The exponent by which the looks share α. (default: 1.5)")
  var spending: Double?

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
    if let alpha, !DecisionRules.alphas.contains(alpha) {
      throw ValidationError("--alpha \(alpha): write \(DecisionRules.alphaForm)")
    }
    if let spending, !(0 < spending && spending <= 10) {
      throw ValidationError("--spending \(spending): write an exponent above 0 and up to 10")
    }
    if spending != nil, looks.isEmpty {
      throw ValidationError("--spending goes with --looks")
    }
    do {
      _ = try design
    } catch {
      throw ValidationError(
        "--looks \(looks.map(String.init).joined(separator: " ")): write numbers of replicates that rise, the first at"
          + " least 2, and --spending above 0")
    }
    if let examples, examples < 1 {
      throw ValidationError("--examples \(examples): write a number of examples from 1 on")
    }
  }

  /// `terms`, or the usual ones, with what is stated in its place; what changes was registered by nobody.
  func over(_ stated: AblationTerms?) throws -> AblationTerms {
    var terms =
      stated
      ?? AblationTerms(
        question: AblationDesign.about.question, seed: 1, margin: 0.5, alpha: 0.05, chance: 10)
    if let question { terms.question = question }
    try rate(&terms.settings)
    if let alpha { terms.settings.alpha = alpha }
    if let family { terms.settings.family = family }
    if let chance { terms.settings.chance = chance }
    if let random { terms.settings.randomMethod = random }
    if !primaryDensities.isEmpty { terms.settings.primary = primaryDensities }
    if let split { terms.settings.split = split }
    if let examples { terms.settings.examples = examples }
    if let design = try design { terms.looks = design }
    if let stated, stated.settings != terms.settings || stated.looks != terms.looks {
      terms.registration = nil
    }
    return terms
  }

  /// The looks that are stated.
  private var design: Looks? {
    get throws {
      looks.isEmpty ? nil : try Looks(looks, exponent: spending ?? Looks.usualExponent)
    }
  }

  /// Takes metric and margin. Margins of metrics that are told in one unit are one another's.
  private func rate(_ settings: inout AblationSettings) throws {
    let metric = metric ?? settings.metric
    if let margin {
      guard metric.margins.contains(margin) else {
        throw ValidationError("--margin \(margin): write \(metric.marginForm)")
      }
      settings.margin = margin
    } else if metric != settings.metric, metric.unit == nil || metric.unit != settings.metric.unit {
      guard let usual = metric.usualMargin else {
        throw ValidationError(
          "--metric \(metric.name): has no margin by default; add --margin and write \(metric.marginForm)"
        )
      }
      settings.margin = usual
    }
    settings.metric = metric
  }

  /// Fails where anything is stated, since `analysis` has no use for it.
  func requireNone(of analysis: String) throws {
    let stated = [
      ("--metric", metric != nil), ("--margin", margin != nil), ("--alpha", alpha != nil),
      ("--family", family != nil),
      ("--chance", chance != nil), ("--random", random != nil),
      ("--primary-densities", !primaryDensities.isEmpty), ("--split", split != nil),
      ("--looks", !looks.isEmpty), ("--examples", examples != nil), ("--question", question != nil),
    ].filter(\.1).map(\.0)
    guard stated.isEmpty else {
      throw ValidationError(
        "\(stated.joined(separator: ", ")): the terms beside this table are those of the analysis"
          + " \(analysis), which are fixed; leave it out")
    }
  }
}

extension DecisionRules.Family: ExpressibleByArgument {}

extension Metric: ExpressibleByArgument {
  /// The names of all metrics.
  public static var allValueStrings: [String] { all.map(\.name) }

  /// The metric of this name; `nil` where there is none.
  public init?(argument: String) {
    guard let metric = Metric.named(argument) else { return nil }
    self = metric
  }
}
