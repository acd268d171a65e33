import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// A suite of an analysis of scores that reads no data, with whatever `more` adds.
func theory(_ analysis: String, _ more: String = "", network: String = "lenet-12-9") -> String {
  """
  analysis: \(analysis)
  network: \(network)
  dataset: {name: none, channels: 1, height: 2, width: 5, classes: 3}
  replicates: 2
  \(more)
  """
}

@Suite("Decoding analyses of theory")
struct TheoryDecodingTests {
  private func collapse(_ compressions: String) throws -> CollapseDesign {
    let text = theory("collapse", "compressions: \(compressions)\nmethods: {m: magnitude}")
    guard let design = try decode(text).analysis as? CollapseDesign else {
      throw CocoaError(.featureUnsupported)
    }
    return design
  }

  @Test("compressions are exact rationals, from whole to sparse")
  func compressions() throws {
    #expect(
      try collapse("[10, 2.5, 1]").densities == [.one, Density("2/5"), Density("1/10")])
    let twos = try collapse("{powers-of-two: 24}").densities
    #expect(twos.count == 25)
    #expect(twos.last == Density(reducing: 1, over: 1 << 24))
    #expect(twos.last?.kept(of: 143_652_544) == 9)
    let tens = try collapse("{powers-of-ten: {to: 6, step: 0.25}}").densities
    #expect(tens.count == 25)
    #expect(tens.last == Density("1/1000000"))
    #expect(tens[1] == Density("562341325190/1000000000000"))
    #expect(try collapse("{powers-of-ten: {to: 1}}").densities.count == 5)
    #expect(tens[2].compressionWords == "3.162" && twos[13].compressionWords == "8,192")
  }

  @Test("a suite without examples needs no training, and warns of no replicates")
  func withoutData() throws {
    let decoded = try decode(
      theory("collapse", "compressions: [2]\nmethods: {r: random, s: synflow}"))
    #expect(decoded.warnings.isEmpty)
    #expect(decoded.suite.training == .none)
    #expect(decoded.suite.duration == 0)
    #expect(decoded.suite.problem.dataset.source.shape.count == 10)
    #expect(decoded.suite.question == "At which compression does a method empty a layer?")
  }

  @Test("defaults of schedules and conservation")
  func defaults() throws {
    let schedule = try #require(
      try decode(theory("schedule")).analysis as? ScheduleDesign)
    let conservation = try #require(
      try decode(theory("conservation", "methods: {m: magnitude}")).analysis as? ConservationDesign)
    #expect(schedule.exponents == [0, 0.5, 1, 1.5, 2, 2.5, 3])
    #expect(schedule.iterations == [1] + (1...10).map { 10 * $0 })
    #expect(schedule.shapes == [.linear, .exponential])
    #expect(conservation.steps == [.step(.zero)])
    #expect(conservation.units)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let text, message: String

    init(_ text: String, _ message: String) { (self.text, self.message) = (text, message) }

    var testDescription: String { message }
  }

  static let faults: [Fault] = [
    Fault(
      theory("collapse", "compressions: [2]\nmethods: {s: snip}"),
      "6: methods.s: does not apply to `dataset: none`, which has no examples to score on; name a dataset, or use \(Criterion.namesWithoutExamples)"
    ),
    Fault(
      theory("collapse", "compressions: [0.5]\nmethods: {m: magnitude}"),
      "5: compressions: found `0.5`; write a compression of at least 1, such as 10 or 2.5"),
    Fault(
      theory("collapse", "compressions: {powers-of-tow: 4}\nmethods: {m: magnitude}"),
      "5: compressions: unknown range of compressions `powers-of-tow`; did you mean `powers-of-two`?"
    ),
    Fault(
      theory("collapse", "methods: {m: magnitude}"),
      "1: compressions: missing; add it, as in `compressions: {powers-of-two: 24}`"),
    Fault(
      theory(
        "collapse", "compressions: [2]\nmethods: {m: {criterion: magnitude, fine-tune: 2ep}}"),
      "6: methods.m.fine-tune: does not apply to this analysis; remove it"),
    Fault(
      theory("collapse", "compressions: [2]\ndensities: [0.1]\nmethods: {m: magnitude}"),
      "6: densities: unknown key; possible: `analysis`, `question`, `seed`, `replicates`, `network`, `dataset`, `initializer`, `training`, `keep`, `engine`, `compressions`, `methods`, `draws`"
    ),
    Fault(
      theory("collapse", "compressions: [2]\ntraining: {duration: 1ep}\nmethods: {m: magnitude}"),
      "6: training: does not apply to networks without examples to train on; name a dataset, or ask about initialization only"
    ),
    Fault(
      theory("schedule", "iterations: [0]"),
      "5: iterations: found `0`; write a whole number from 1 to 10000"),
    Fault(
      theory("conservation", "methods: {m: {criterion: magnitude, scope: global}}"),
      "5: methods.m.scope: does not apply to this analysis; remove it"),
    Fault(
      theory("conservation", "methods: {m: magnitude}\nsteps: [0it, last]"),
      "6: training: missing; add it, as in `training: {duration: 8ep}`"),
    Fault(
      "analysis: ablation\nnetwork: lenet-9\ndataset: {name: none, channels: 1, height:"
        + " 2, width: 5, classes: 3}\ntraining: {duration: 8ep}\ndensities: [0.1]\nmethods:"
        + " {r: random}",
      "3: dataset: does not apply to networks without examples to train on; name a dataset, or ask about initialization only"
    ),
    Fault(
      theory("collapse", "compressions: [2]\nmethods: {m: magnitude}")
        .replacing(", classes: 3", with: ""),
      "3: dataset.classes: missing; add it, as in `classes: 1000`"),
    Fault(
      theory("collapse", "compressions: [2]\nmethods: {m: magnitude}")
        .replacing("classes: 3", with: "classes: 3, validation: 5"),
      "3: dataset.validation: does not apply to a dataset without examples; remove it"),
  ]

  @Test("what cannot be", arguments: Self.faults)
  func refuses(_ fault: Fault) {
    #expect(problems(fault.text).contains("suite.yaml:" + fault.message), "\(problems(fault.text))")
  }

  @Test(
    "the template of collapse mentions powers of ten too",
    arguments: ["powers-of-ten", "step", "to"])
  func compressions(_ key: String) {
    #expect(CollapseDesign.template.contains("\(key):"))
  }
}
