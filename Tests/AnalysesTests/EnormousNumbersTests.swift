import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Enormous numbers in suites")
struct EnormousNumbersTests {
  private static let largest = "9223372036854775807"

  @Test(
    "are refused with a sentence, or planned",
    arguments: [
      ("duration: 8ep", "duration: \(largest)ep"), ("duration: 8ep", "duration: 999999999ep"),
      ("duration: 8ep", "duration: 999999999ep, evaluate-every: 1it"),
      ("duration: 8ep", "duration: 8ep, warmup: \(largest)it"),
      ("duration: 8ep", "duration: 8ep, learning-rate: 1e308, momentum: 0.99"),
      ("batch-size: 162", "batch-size: \(largest)"), ("10%]", "0.99^1000000000]"),
      ("10%]", "1/\(largest)]"), ("10%]", "\(largest)/\(largest)]"),
      ("lenet-20", "lenet-\(largest)"),
      ("lenet-20", "lenet-1000000-1000000-1000000"),
      ("lenet-20", "resnet-999998-1000000"),
      (
        "lenet-20",
        "{layers: [{conv: {outputs: 1000000, kernel: 1000, padding: 1000}}, {conv: {outputs: 1000000, kernel: 1000, padding: 1000}}, flatten, {linear: 10000000}, linear]}"
      ),
      (
        "lenet-20",
        "{layers: [flatten, {linear: 10000000}, {linear: 10000000}, {linear: 10000000}, linear]}"
      ),
      ("{random: random}", "{s: {criterion: snip, examples: \(largest)}}"),
      ("{random: random}", "{s: {criterion: snip, examples-per-class: \(largest)}}"),
      ("{random: random}", "{s: {criterion: snip, batch-size: \(largest)}}"),
      ("{random: random}", "{s: {criterion: snip, batch-size: 1000000000}}"),
      ("{random: random}", "{s: {criterion: obd, probes: \(largest)}}"),
      ("{random: random}", "{s: {criterion: obd, probes: 1000000}}"),
      ("{random: random}", "{s: {criterion: synflow, schedule: {exponential: \(largest)}}}"),
      ("{random: random}", "{s: {criterion: snip, continue-from: last, fine-tune: 999999999ep}}"),
      ("dataset: digits", "dataset: digits\nreplicates: \(largest)"),
      ("dataset: digits", "dataset: digits\nseed: 18446744073709551615"),
      ("dataset: digits", "dataset: digits\nseed: 18446744073709551616"),
      ("dataset: digits", "dataset: digits\nstatistics: {margin: 1e308}"),
      ("dataset: digits", "dataset: digits\nstatistics: {margin: 1e-308, alpha: 0.000001}"),
      ("dataset: digits", "dataset: digits\nstatistics: {alpha: 1e-17}"),
      ("dataset: digits", "dataset: {name: digits, validation: \(largest)}"),
      (
        "dataset: digits",
        "dataset: {name: digits, normalization: {full-scale: 1e308, mean: 1e308, standard-deviation: 1e-308}}"
      ),
      (
        "dataset: digits",
        "dataset: {name: gaussian-mixture, classes: \(largest), dimension: \(largest), train: \(largest), test: \(largest)}"
      ),
      (
        "dataset: digits",
        "dataset: {name: gaussian-mixture, classes: 1000, dimension: 100000, train: 10000000, test: 10000000, separation: 1e308, seed: 18446744073709551615}"
      ),
      (
        "dataset: digits",
        "dataset: {name: teacher-student, classes: 1000, dimension: 100000, train: 10000000, test: 10000000}"
      ),
    ])
  func ablation(_ old: String, _ new: String) throws {
    let text = yaml().replacing(old, with: new)
    do {
      let decoded = try decode(text)
      let plan = try AnalysisPlan(expanding: decoded.suite, design(decoded))
      let demand = MemoryDemand(making: plan.artifacts, workers: 4096, available: 1 << 40)
      #expect(!demand.summary.isEmpty && !demand.refusal.isEmpty)
      #expect(plan.artifacts.allSatisfy { $0.cost > 0 && $0.cost.isFinite })
    } catch let error as SuiteError {
      #expect("\(error)".hasPrefix("suite.yaml:"), "\(error)")
    }
  }

  @Test(
    "of other analyses",
    arguments: [
      curve("points: 10001\nplane: {side: 501, margin: 10}\ntraining-examples: 1296"),
      curve("points: \(largest)\nstatistics-examples: \(largest)"),
      curve(curves: "{c: {chain: \(largest)}}"), curve("ends: {children-of: \(largest)it}"),
      "analysis: collapse\nnetwork: lenet-20\ndataset: digits\ncompressions: [18446744073709551615]\nmethods: {random: random}",
      "analysis: collapse\nnetwork: lenet-20\ndataset: digits\ncompressions: [1e308]\nmethods: {random: random}",
      "analysis: collapse\nnetwork: lenet-20\ndataset: digits\ncompressions: {powers-of-two: \(largest)}\nmethods: {random: random}\ndraws: \(largest)",
      "analysis: collapse\nnetwork: {layers: [flatten, {linear: 10000000}, linear]}\ndataset: {name: none, channels: 4096, height: 65536, width: 65536, classes: 1000000}\ncompressions: [2]\nmethods: {random: random}",
    ])
  func others(_ text: String) throws {
    do {
      let decoded = try decode(text)
      let work = try SuiteWork(expanding: decoded)
      let demand = MemoryDemand(making: work.artifacts, workers: 4096, available: 1)
      #expect(!demand.isMet && demand.total > 0)
    } catch let error as SuiteError {
      #expect("\(error)".hasPrefix("suite.yaml:"), "\(error)")
    }
  }

  @Test("a suite of more runs than anyone waits for is refused with their number")
  func tooMany() {
    let list = (1...1000).map { "\($0)/1001" }.joined(separator: ", ")
    let text = yaml(more: "ablations: [shuffle]\nreplicates: 1000\n")
      .replacing("[0.8^3, 10%]", with: "[\(list)]")
    #expect(
      problems(text) == [
        "suite.yaml:8: replicates: the suite asks for 2,001,000 runs, and one may have 200,000; write"
          + " fewer replicates, densities, methods or ablations, or several suites"
      ])
    #expect(
      problems(
        "analysis: lottery\nnetwork: lenet-20\ndataset: digits\ntraining: {duration: 8ep}\n"
          + "replicates: 1000\nlevels: 100\nrate: 1%\ncontrols: {reinitialize: 1000}"
      ).first?.contains("runs, and one may have 200,000") == true)
  }

  @Test("the number of runs that is judged is that of the plan")
  func counted() throws {
    for text in [
      yaml(methods: methodsOfEverySort, more: "replicates: 3"), curve(),
      "analysis: schedule\nnetwork: lenet-20\ndataset: digits\nreplicates: 2\nexponents: [0, 1]\niterations: [1, 5]",
      "analysis: collapse\nnetwork: lenet-20\ndataset: digits\ncompressions: [2, 4]\nmethods: {random: random, synflow: synflow}",
      "analysis: conservation\nnetwork: lenet-20\ndataset: digits\nmethods: {random: random, synflow: synflow}",
      "analysis: instability\nnetwork: lenet-20\ndataset: digits\ntraining: {duration: 8ep}\nsteps: [0it, 1ep]\norders: 4\ndensities: [10%, 5%]\nmethods: {random: random}",
      "analysis: lottery\nnetwork: lenet-20\ndataset: digits\ntraining: {duration: 8ep}\nlevels: 3\nrewind: [0it, 1ep]",
    ] {
      let decoded = try decode(text)
      let work = try SuiteWork(expanding: decoded)
      let runs = Double(decoded.suite.replicates) * decoded.analysis.runsPerReplicate
      let counted = Double(work.runs)
      #expect(runs >= counted && runs < 2 * counted, "\(runs), \(counted): \(text)")
    }
  }
}
