import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// An instability suite on the digits with whatever `more` adds.
func instability(
  _ more: String = "", steps: String = "[0it, 1ep]", network: String = "lenet-20"
) -> String {
  """
  analysis: instability
  network: \(network)
  dataset: digits
  replicates: 2
  training: {duration: 3ep, batch-size: 162}
  steps: \(steps)
  \(more)
  """
}

func instabilityDesign(_ text: String) throws -> InstabilityDesign {
  guard let design = try decode(text).analysis as? InstabilityDesign else {
    preconditionFailure("no instability suite")
  }
  return design
}

@Suite("Decoding instability suites")
struct InstabilityDecodingTests {
  @Test("defaults")
  func defaults() throws {
    let design = try instabilityDesign(instability())
    #expect(design.steps.map(\.description) == ["0it", "1ep"])
    #expect(design.orders == 3 && design.points == 30 && design.stableBelow == 2)
    #expect(design.methods.isEmpty && design.densities.isEmpty)
    // All of the digits' 1,296 training examples, which are fewer than 10,000.
    #expect(design.measurement.trainingExamples == 1296)
    #expect(design.networks == [.dense])
    let decoded = try decode(instability())
    #expect(decoded.warnings.map(\.content) == [.fewReplicates(2)])
    let measurement = design.measurement.measurement(of: decoded.suite)
    #expect(measurement.statistics == [.interpolated] && measurement.statisticsExamples == 0)
  }

  @Test("every field, and steps in their order")
  func fields() throws {
    let design = try instabilityDesign(
      instability(
        """
        orders: 4
        points: 11
        training-examples: 100
        batch-norm: recompute
        statistics-examples: 200
        stable-below: 1.5
        densities: [20%, 5%]
        methods: {random: random, late: {criterion: magnitude, mask-from: last}}
        """, steps: "[2ep, 3it]", network: "resnet-8-4"))
    #expect(design.steps.map(\.description) == ["3it", "2ep"])
    #expect(design.orders == 4 && design.points == 11 && design.stableBelow == 1.5)
    #expect(
      design.measurement
        == MeasurementDesign(
          trainingExamples: 100, statistics: [.recomputed], statisticsExamples: 200))
    #expect(
      design.networks.map(\.words)
        == ["dense", "random at 20 %", "random at 5 %", "late at 20 %", "late at 5 %"])
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let text, message: String

    init(_ text: String, _ message: String) { (self.text, self.message) = (text, message) }

    var testDescription: String { message }
  }

  static let faults: [Fault] = [
    Fault(
      instability(steps: "[0it, 3ep]"),
      "6: steps: `3ep` is not before the end of training at 3ep; write an earlier step or raise training.duration"
    ),
    Fault(instability(steps: "[]"), "6: steps: found an empty list; write at least one step"),
    Fault(
      instability(steps: "[8it, 1ep]"),
      "6: steps: found one step in two spellings; write each step once"),
    Fault(
      instability().replacing("steps: [0it, 1ep]\n", with: ""),
      "1: steps: missing; add it, as in `steps: [0it, 100it, 1ep]`"),
    Fault(instability("orders: 1"), "7: orders: found `1`; write a whole number from 2 to 100"),
    Fault(instability("points: 1"), "7: points: found `1`; write a whole number from 2 to 10001"),
    Fault(
      instability("training-examples: 1297"),
      "7: training-examples: found `1297`; write a whole number from 0 to 1296"),
    Fault(
      instability("batch-norm: interpolate"),
      "7: batch-norm: does not apply to networks without batch norm; remove it"),
    Fault(
      instability("batch-norm: [recomputed]", network: "resnet-8-4"),
      "7: batch-norm: unknown policy of batch norm's statistics `recomputed`; did you mean `recompute`?"
    ),
    Fault(
      instability("batch-norm: []", network: "resnet-8-4"),
      "7: batch-norm: found an empty list; write at least one policy"),
    Fault(
      instability("statistics-examples: 0", network: "resnet-8-4"),
      "7: statistics-examples: found `0`; write a whole number from 1 to 1296"),
    Fault(
      instability("stable-below: 0"),
      "7: stable-below: found `0`; write points of error above 0"),
    Fault(
      instability("methods: {random: random}"),
      "1: densities: missing; add it, as in `densities: [20%]`"),
    Fault(
      instability("densities: [20%]"),
      "1: methods: missing; add it, as in `methods: {random: random}`"),
    Fault(
      instability("densities: [20%]\nmethods: {dense: random}"),
      "8: methods: found `dense` as a method's name; write another name; this one is taken"
    ),
    Fault(
      instability("densities: [20%]\nladder: {levels: 3}"),
      "7: densities: `20%` is the density of no level; the nearest are"),
    Fault(
      instability("densities: [0.8]\nladder: {levels: 3, rat: 20%}"),
      "8: ladder.rat: unknown key; did you mean `rate`?"),
    Fault(
      instability("densities: [0.8]\nladder: {levels: 3}\nmethods: {ticket: random}"),
      "9: methods: found `ticket` as a method's name; write another name; this one is taken"),
    Fault(
      instability("densities: [20%]\nmethods: {r: {criterion: random, continue-from: 1ep}}"),
      "8: methods.r.continue-from: does not apply to this analysis; remove it"),
    Fault(
      instability("margin: 2").replacing("margin", with: "stable-bellow"),
      "7: stable-bellow: unknown key; did you mean `stable-below`?"),
  ]

  @Test("what cannot be", arguments: Self.faults)
  func refuses(_ fault: Fault) {
    #expect(
      problems(fault.text).contains { $0.hasPrefix("suite.yaml:" + fault.message) },
      "\(problems(fault.text))")
  }

  @Test("the template decodes without doubts and explains every key")
  func template() throws {
    let decoded = try decode(InstabilityDesign.template)
    #expect(decoded.warnings.isEmpty)
    for key in InstabilityKey.allCases {
      #expect(InstabilityDesign.template.contains("\(key.rawValue):"), "\(key)")
    }
    #expect(InstabilityDesign.template.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let text = InstabilityDesign.template.replacing("lenet-300-100", with: "resnet-8-4")
      .replacing("# batch-norm: [", with: "batch-norm: [")
      .replacing("# statistics-examples: 1296", with: "statistics-examples: 1296")
    #expect(try instabilityDesign(text).measurement.statistics == [.interpolated, .recomputed])
  }
}
