import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// A curve suite that decodes, with whatever `more` adds.
func curve(
  _ more: String = "", network: String = "lenet-20",
  curves: String = "{bezier: {bezier: 1}, chain: {chain: 2}}",
  training: String = "{duration: 4ep, batch-size: 162}"
) -> String {
  """
  analysis: curve
  network: \(network)
  dataset: digits
  replicates: 2
  training: {duration: 3ep, batch-size: 162}
  curves: \(curves)
  curve-training: \(training)
  \(more)
  """
}

@Suite("Decoding suites of curves and planes")
struct CurveDecodingTests {
  private func design(_ text: String) throws -> CurveDesign {
    guard let design = try decode(text).analysis as? CurveDesign else {
      throw CocoaError(.featureUnsupported)
    }
    return design
  }

  @Test("defaults")
  func defaults() throws {
    let design = try design(curve())
    #expect(design.ends == .independent && design.networks == [.dense])
    #expect(design.points == 61 && design.ensembles && design.grid == nil)
    #expect(design.connectedBelow == 2 && design.masks == .shared)
    #expect(design.measurement.statistics == [.recomputed])
    #expect(design.curves.map(\.shape) == [.bezier(bends: 1), .chain(bends: 2)])
    #expect(design.paths.map(\.name) == ["segment", "bezier", "chain"])
    #expect(
      try decode(curve()).suite.question
        == "Are two trained networks joined by a path of low error?")
  }

  @Test("everything stated")
  func stated() throws {
    let design = try design(
      curve(
        """
        ends: {children-of: 1ep}
        points: 5
        training-examples: 100
        ensembles: false
        plane: {side: 5}
        connected-below: 0.5
        densities: [20%]
        methods: {magnitude: {criterion: magnitude, mask-from: last}}
        masks: shared
        """, curves: "{curve: bezier}",
        training: "{duration: 4ep, schedule: linear-decay, optimizer: adam}"))
    #expect(design.ends == .children(of: Step("1ep")!))
    #expect(design.grid == PlaneGrid(side: 5, margin: 0.2))
    #expect(design.curves.map(\.shape) == [.bezier(bends: 1)])
    #expect(design.training.schedule.shape == .linearDecay(from: 0.5, to: 0.9, final: 0.01))
    #expect(design.networks.map(\.words) == ["dense", "magnitude at 20 %"])
    #expect(design.points == 5 && !design.ensembles && design.connectedBelow == 0.5)
    #expect(try self.design(curve("plane: false")).grid == nil)
    #expect(try self.design(curve("plane: true")).grid == PlaneGrid(side: 21, margin: 0.2))
  }

  @Test("policies of networks with batch norm")
  func statistics() throws {
    let design = try design(
      curve("batch-norm: [interpolate, recompute]", network: "resnet-8-4"))
    #expect(design.measurement.statistics == [.interpolated, .recomputed])
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let text, message: String

    init(_ text: String, _ message: String) { (self.text, self.message) = (text, message) }

    var testDescription: String { message }
  }

  static let faults: [Fault] = [
    Fault(
      curve("points: 2"), "8: points: found `2`; write a whole number from 3 to 10001"),
    Fault(
      curve(curves: "{segment: {chain: 1}}"),
      "6: curves.segment: found `segment` as a curve's name; write another name; the straight segment"
        + " is always there"),
    Fault(
      curve(curves: "{}"), "6: curves: found an empty mapping; write at least one curve"),
    Fault(
      curve(curves: "{c: {spline: 1}}"), "6: curves.c: unknown shape of a curve `spline`;"),
    Fault(
      curve(curves: "{c: {chain: 0}}"),
      "6: curves.c.chain: found `0`; write a whole number from 1 to 20"),
    Fault(
      curve(training: "{duration: 4ep, optimizer: adamw}"),
      "7: curve-training.optimizer: does not apply to curves, whose weight decay acts on their points;"
        + " write adam or sgd"),
    Fault(
      curve(training: "{duration: 4ep, evaluate-every: 1ep}"),
      "7: curve-training.evaluate-every: does not apply to curves; they compute as `training:` says"
        + " and are evaluated at their end"),
    Fault(
      curve(training: "{duration: 4ep, schedule: {linear-decay: {from: 0.9, to: 0.5}}}"),
      "7: curve-training.schedule.linear-decay.to: found a decay from 0.9 to 0.5 of training; write"
        + " `from` below `to`"),
    Fault(
      curve("ends: {children-of: 3ep}"),
      "8: ends.children-of: `3ep` is not before the end of training at 3ep;"),
    Fault(
      curve("ends: children-of"),
      "8: ends: found `children-of`; write the step too: {children-of: 2ep}"),
    Fault(
      curve("masks: own"),
      "8: masks: does not apply to dense networks; add `methods:`, or remove it"),
    Fault(
      curve(
        "masks: own\ndensities: [20%]\nmethods: {random: random}\nends: {children-of: 1ep}"),
      "8: masks: does not apply to children of one network, which have its mask; write `shared`"),
    Fault(
      curve("densities: [20%]"), "1: methods: missing; add it, as in `methods: {random: random}`"),
    Fault(
      curve("plane: true", curves: "{c: {chain: 2}}"),
      "8: plane: does not apply to curves without a single bend, which lie in no plane;"),
    Fault(
      curve("batch-norm: recompute"),
      "8: batch-norm: does not apply to networks without batch norm; remove it"),
    Fault(
      "analysis: plane\nnetwork: resnet-8-4\ndataset: digits\ntraining: {duration: 1ep}\n"
        + "batch-norm: [interpolate, recompute]",
      "5: batch-norm: found several policies; write one, recompute or interpolate"),
    Fault(
      "analysis: plane\nnetwork: lenet-20\ndataset: digits\ntraining: {duration: 1ep}\nside: 2",
      "5: side: found `2`; write a whole number from 3 to 501"),
    Fault(
      "analysis: plane\nnetwork: lenet-20\ndataset: digits",
      "1: training: missing; add it, as in `training: {duration: 8ep}`"),
  ]

  @Test("mistakes are told with their line, field and remedy", arguments: faults)
  func mistakes(fault: Fault) {
    let found = problems(fault.text)
    #expect(found.contains { $0.hasPrefix("suite.yaml:\(fault.message)") }, "\(found)")
  }

  @Test("templates decode without doubts and mention every key")
  func templates() throws {
    func mentions(_ key: String, _ template: String) -> Bool {
      template.range(of: "(^|[^a-z0-9-])\(key)(: |:\n|`)", options: .regularExpression) != nil
    }
    for (template, keys) in [
      (
        CurveDesign.template,
        (CurveKey.allCases.map(\.rawValue) + PlaneGridKey.allCases.map(\.rawValue))
      ),
      (PlaneDesign.template, PlaneKey.allCases.map(\.rawValue)),
    ] {
      #expect(try decode(template).warnings.isEmpty)
      for key in keys { #expect(mentions(key, template), "\(key)") }
      #expect(template.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
    #expect(LinearDecayKey.allCases.allSatisfy { mentions($0.rawValue, CurveDesign.template) })
    // What is commented out decodes with a network that it applies to.
    let whole = CurveDesign.template.replacing("# batch-norm:", with: "batch-norm:")
      .replacing("# statistics-examples:", with: "statistics-examples:")
      .replacing("lenet-300-100", with: "resnet-8-4")
    let design = try #require(try decode(whole).analysis as? CurveDesign)
    #expect(design.measurement.statistics.count == 2)
  }
}
