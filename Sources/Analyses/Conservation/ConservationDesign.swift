package import Laboratory
package import Recipes
package import Suites

/// Whose scores are totalled, and when.
package struct ConservationDesign: Hashable, Sendable {
  /// Methods in the suite's order; only their scores matter.
  package let methods: [Method]
  /// The points of training whose weights are scored.
  package let steps: [TrainingPoint]
  /// Whether hidden units are totalled too.
  package let units: Bool

  /// A design.
  package init(methods: [Method], steps: [TrainingPoint], units: Bool) {
    self.methods = methods
    self.steps = steps
    self.units = units
  }
}

/// One artifact of totals.
package struct ConservationCell: Hashable, Sendable {
  /// The method's name.
  package let method: String
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// Optimizer steps before the weights.
  package let iteration: Int
  /// The artifact.
  package let key: Key
}

extension ConservationDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "conservation",
      question: "Which scores are conserved from layer to layer?",
      keys: ConservationKey.allCases.map(\.rawValue), needs: [])
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(ConservationKey.self, beside: nil) else { return nil }
    let methods = fields.required(.methods, example: "methods: {magnitude: magnitude}")?
      .rankedMethods(frame, rejecting: [.schedule, .scope, .exclude, .maskFrom])
    let steps =
      fields[.steps].map {
        $0.distinct("a list such as [0it, 2ep, last]") { $0.point(frame.timeline) }
      }
      ?? [.step(.zero)]
    if let steps, steps.contains(where: { $0 != .step(.zero) }), let field = fields[.steps] {
      frame.requireTraining(for: field)
    }
    let units = fields[.units].map { $0.flag() } ?? true
    guard let methods, let steps, let units else { return nil }
    if steps.isEmpty {
      fields[.steps]?.report(.unexpected(found: "an empty list", expected: "at least one step"))
    }
    self.init(methods: methods, steps: steps, units: units)
  }

  package var runsPerReplicate: Double {
    SuiteSize.product(methods.count, steps.count)
  }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<ConservationCell> {
    try AnalysisPlan(expanding: suite, self)
  }
}

extension ConservationCell: AnalysisCell {
  package var keys: [Key] { [key] }
}

extension AnalysisPlan where Cell == ConservationCell {
  /// One artifact per method, replicate and step.
  init(expanding suite: Suite, _ design: ConservationDesign) throws {
    var (builder, cells) = (PlanBuilder(), [ConservationCell]())
    let steps = Set(design.steps.map(suite.iterations(before:))).sorted()
    for number in 1...suite.replicates {
      let replicate = try ScoredReplicate(suite, number)
      for method in design.methods {
        for step in steps {
          let recipe = SaliencyRecipe(
            scored: replicate.scored(method, after: step), units: design.units)
          let key = try builder.add(
            recipe, inputs: try replicate.inputs(after: step, in: &builder),
            label: "saliency \(method.name) · \(step)it · replicate \(number)")
          cells.append(
            ConservationCell(
              method: method.name, replicate: number, iteration: step, key: key))
        }
      }
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}
