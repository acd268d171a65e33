import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// A lottery suite on a small synthetic problem, with whatever `more` adds.
func lottery(_ more: String = "", replicates: Int = 2, network: String = "lenet-20") -> String {
  """
  analysis: lottery
  network: \(network)
  dataset: digits
  replicates: \(replicates)
  training: {duration: 8ep, batch-size: 162}
  \(more)
  """
}

/// The design of a lottery suite.
func lotteryDesign(_ text: String) throws -> LotteryDesign {
  guard let design = try decode(text).analysis as? LotteryDesign else {
    preconditionFailure("no lottery suite")
  }
  return design
}

@Suite("Decoding lottery suites")
struct LotteryDecodingTests {
  @Test("the template decodes without doubts to the defaults")
  func template() throws {
    let decoded = try decode(LotteryDesign.template)
    #expect(decoded.warnings.isEmpty)
    let short = try decode(
      """
      analysis: lottery
      network: lenet-300-100
      dataset: digits
      initializer: glorot-normal
      training: {optimizer: adam, learning-rate: 0.0012, batch-size: 60, duration: 20ep}
      output-rate: 10%
      statistics: {margin: 1}
      """)
    let long = try #require(decoded.analysis as? LotteryDesign)
    let defaults = try #require(short.analysis as? LotteryDesign)
    #expect(long.ladder == defaults.ladder)
    #expect(long.rewinds == [.zero] && defaults.rewinds == [.zero])
    #expect(long.rules == defaults.rules)
    #expect(long.controls.arms == [.random, .reinitialize])
    #expect(defaults.controls == .papers)
    #expect(long.controls.densities == long.ladder.densities)
    #expect(long.rules.margin == 1 && long.rules.alpha == 0.05)
    #expect(LotteryDesign.template.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("the template explains every key, and its commented transfer decodes")
  func keys() throws {
    let keys: [any SuiteKey] =
      LadderKey.allCases + LotteryKey.allCases + ControlKey.allCases + TransferKey.allCases
    for key in keys.map({ $0.rawValue }) + Ablation.ofTickets.map(\.name) {
      #expect(
        LotteryDesign.template.range(
          of: "(^|[^a-z0-9-])\(key)(: |:\n)", options: .regularExpression) != nil, "\(key)")
    }
    let text = LotteryDesign.template.replacing("# transfer:", with: "transfer:")
    #expect(try lotteryDesign(text).transfer?.source.name == "gaussian-mixture")
  }

  @Test("the default margin is the papers' 0.2 points, and too small for digits")
  func margin() throws {
    let decoded = try decode(lottery("levels: 2", replicates: 3))
    guard let design = decoded.analysis as? LotteryDesign else { throw CancellationError() }
    #expect(design.rules.margin == 0.2)
    #expect(decoded.warnings.map(\.line) == [1])
    #expect(decoded.warnings.first?.content.description.contains("0.2 points") == true)
  }

  @Test("controls as a list and as a mapping")
  func controls() throws {
    let list = try lotteryDesign(lottery("controls: [reinitialize, other-seed]")).controls
    #expect(list.arms == [.reinitialize, .otherSeed] && list.draws[.reinitialize] == 1)
    let mapping = try lotteryDesign(
      lottery(
        """
        levels: 6
        controls: {reinitialize: 3, shuffle: true, densities: [0.8^3, 51.2%]}
        """.replacing(", 51.2%", with: ", 0.8^6"))
    ).controls
    #expect(mapping.arms == [.shuffle, .reinitialize] && mapping.draws[.reinitialize] == 3)
    #expect(mapping.densities == [Density("0.8^3")!, Density("0.8^6")!])
    #expect(try lotteryDesign(lottery("controls: []")).controls.arms.isEmpty)
  }

  @Test("several rewinding steps stand in order; criteria have their options")
  func ladder() throws {
    let design = try lotteryDesign(
      lottery(
        """
        rewind: [2ep, 0it, 5it]
        levels: 3
        rate: 1/2
        scope: layer-wise
        schedule: one-shot
        data-order: fresh
        exclude: [fc.weight]
        criterion: {criterion: snip, examples-per-class: 5}
        """))
    #expect(design.rewinds == [.zero, Step("5it"), Step("2ep")])
    let ladder = design.ladder
    #expect(ladder.densities == [Density("1/2")!, Density("1/4")!, Density("1/8")!])
    #expect(ladder.schedule == .oneShot && ladder.dataOrder == .fresh)
    #expect(ladder.ranking.scope == .layerwise && ladder.ranking.excluded == ["fc.weight"])
    #expect(ladder.ranking.criterion == .init(.snip))
    #expect(ladder.ranking.scoring.examples == .perClass(5))
    #expect(ladder.keptInOutput == nil)
    #expect(ladder.lastLevel(reaching: [Density("1/4")!, .one]) == 2)
  }

  @Test("mistakes are told with their lines")
  func mistakes() {
    #expect(
      problems(
        """
        analysis: lottery
        network: lenet-20
        dataset: digits
        replicates: 1
        training: {duration: 8ep, batch-size: 162}
        rewind: [0it, 9ep]
        levels: 6
        rate: 20%
        output-rate: 0
        scope: layerwide
        schedule: onceshot
        data-order: fresh
        criterion: {criterion: snip, scope: global}
        controls: {other-seed: true, reinitialise: 1}
        statistics: {margin: 1, primary-densities: [0.8^3]}
        """) == [
          "suite.yaml:6: rewind: `9ep` is not before the end of training at 8ep; write an earlier step or"
            + " raise training.duration",
          "suite.yaml:9: output-rate: found `0`; write a fraction above 0 and below 1, such as 20% or 1/5",
          "suite.yaml:10: scope: unknown scope `layerwide`; did you mean `layer-wise`?",
          "suite.yaml:11: schedule: unknown schedule `onceshot`; did you mean `one-shot`?",
          "suite.yaml:13: criterion.scope: does not apply to the scores of a ladder's levels; remove it",
          "suite.yaml:14: controls.reinitialise: unknown key; did you mean `reinitialize`?",
          "suite.yaml:14: controls.other-seed: does not apply to a suite of one replicate, which has no"
            + " other seed; write `replicates: 2` or more",
        ])
  }

  @Test("a density of no level names the nearest two")
  func unreachable() {
    #expect(
      problems(
        lottery(
          """
          levels: 6
          controls: {random: true, densities: [30%, 0.8^2]}
          statistics: {margin: 1, primary-densities: [5%]}
          """)) == [
          "suite.yaml:7: controls.densities: `30%` is the density of no level; the nearest are `0.8^5`"
            + " (32.8 %) and `0.8^6` (26.2 %)",
          "suite.yaml:8: statistics.primary-densities: `5%` is the density of no level; the nearest are"
            + " `0.8^5` (32.8 %) and `0.8^6` (26.2 %)",
        ])
  }

  @Test("levels that keep nothing, output layers that are left whole, transfers that do not fit")
  func misfits() {
    #expect(
      problems(lottery("levels: 10\nrate: 99%")) == [
        "suite.yaml:6: levels: found 10 levels at a `rate` that leaves less than 10⁻¹²; write fewer levels"
      ])
    #expect(
      problems(lottery("output-rate: 10%\nexclude: [fc.weight]")) == [
        "suite.yaml:6: output-rate: does not apply to an output layer that is left whole; remove it"
      ])
    let transfer = problems(
      lottery(
        """
        transfer:
          dataset: {name: gaussian-mixture, classes: 4, dimension: 64, train: 400, test: 200}
        """))
    #expect(transfer.count == 1)
    #expect(
      transfer.first?.contains(
        "the ticket's `fc.weight` has shape [10, 20] and gaussian-mixture's [4, 20]") == true)
  }
}
