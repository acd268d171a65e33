import Laboratory
import Recipes
import Suites

/// Further keys of a conservation suite.
enum ConservationKey: String, SuiteKey {
  case methods, steps, units
}

/// Whose scores are totalled, and when.
struct ConservationDesign: Hashable, Sendable {
  /// Methods in the suite's order; only their scores matter.
  let methods: [Method]
  /// The points of training whose weights are scored.
  let steps: [TrainingPoint]
  /// Whether hidden units are totalled too.
  let units: Bool
}

/// One artifact of totals.
struct ConservationCell: AnalysisCell {
  /// The method's name.
  let method: String
  /// Number of the replicate, from 1.
  let replicate: Int
  /// Optimizer steps before the weights.
  let iteration: Int
  /// The artifact.
  let key: Key

  var keys: [Key] { [key] }
}

extension ConservationDesign: Analysis {
  static let about = AboutAnalysis(
    name: "conservation", question: "Which scores are conserved from layer to layer?",
    measure: "Σ s over a layer, and Σ s into a hidden unit − Σ s out of it",
    source: "Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, theorems 1 and 2",
    keys: ConservationKey.names, needs: [.layers])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(ConservationKey.self, beside: nil) else { return nil }
    let methods = fields.required(.methods, example: "methods: {magnitude: magnitude}")?
      .rankedMethods(frame, rejecting: [.schedule, .scope, .exclude, .maskFrom])
    let steps =
      fields[.steps].map {
        $0.nonEmpty("a list such as [0it, 2ep, last]", least: "at least one step") {
          $0.point(frame.timeline)
        }
      } ?? [.step(.zero)]
    if let steps, steps.contains(where: { $0 != .step(.zero) }), let field = fields[.steps] {
      frame.requireTraining(for: field)
    }
    let units = fields[.units].map { $0.flag() } ?? true
    guard let methods, let steps, let units else { return nil }
    self.init(methods: methods, steps: steps, units: units)
  }

  var runsPerReplicate: Double { SuiteSize.product(methods.count, steps.count) }

  /// One artifact per method and step.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws
    -> [ConservationCell]
  {
    let steps = Set(steps.map(replicate.suite.iterations(before:))).sorted()
    return try methods.flatMap { method in
      try steps.map { step in
        let key = try builder.add(
          SaliencyRecipe(scored: replicate.scored(method, after: step), units: units),
          inputs: replicate.inputs(after: step, in: &builder),
          label: "saliency \(method.name) · \(step)it · replicate \(replicate.replicate)")
        return ConservationCell(
          method: method.name, replicate: replicate.replicate, iteration: step, key: key)
      }
    }
  }
}
