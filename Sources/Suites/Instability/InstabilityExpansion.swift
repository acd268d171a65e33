import Laboratory
import Recipes
import Reports

extension AnalysisPlan where Cell == InstabilityCell {
  /// A parent per initialization, children of it at every step under every mask, and the segments between
  /// all pairs of siblings.
  init(expanding suite: Suite, _ design: InstabilityDesign) throws {
    var (builder, cells) = (PlanBuilder(), [InstabilityCell]())
    for number in 1...suite.replicates {
      let replicate = ScoredReplicate(suite, number)
      let partings = design.steps.map { ($0, suite.iterations(before: .step($0))) }
      let parent = try replicate.addTraining(
        keeping: Set(
          partings.map(\.1) + design.methods.map { suite.iterations(before: $0.maskFrom) }),
        to: &builder)
      for network in design.networks {
        let mask = try design.methods.first { $0.name == network.method }.map {
          try replicate.addMask($0, network.density, of: parent, to: &builder)
        }
        for (step, iteration) in partings {
          let family = Family(
            suite: suite, design: design, replicate: replicate, network: network, mask: mask,
            parent: parent, step: step, iteration: iteration)
          cells += try family.add(to: &builder)
        }
      }
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}

/// The children of one parent that part from it at one step, and the segments between them.
private struct Family {
  let suite: Suite
  let design: InstabilityDesign
  let replicate: ScoredReplicate
  let network: InstabilityNetwork
  let mask: Key?
  let parent: Key?
  let step: Step
  let iteration: Int

  func add(to builder: inout PlanBuilder) throws -> [InstabilityCell] {
    let children = try (1...design.orders).map { try addChild($0, to: &builder) }
    var cells: [InstabilityCell] = []
    for first in 1..<design.orders {
      for second in first + 1...design.orders {
        let recipe = PathRecipe(
          problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
          points: design.points, measurement: design.measurement.measurement(of: suite),
          parent: replicate.weights(after: iteration), precision: suite.precision)
        let key = try builder.add(
          .path(recipe),
          inputs: [
            InputRole.start: children[first - 1], InputRole.end: children[second - 1],
          ].merging(replicate.inputs(after: iteration, of: parent)) { $1 },
          label: label("path", "orders \(first) and \(second)"),
          cost: replicate.costs.points(design.points, recipe.measurement))
        cells.append(
          InstabilityCell(
            network: network, replicate: replicate.replicate, step: step, iteration: iteration,
            first: first, second: second, key: key))
      }
    }
    return cells
  }

  private func addChild(_ order: Int, to builder: inout PlanBuilder) throws -> Key {
    let recipe = TrainingRecipe(
      problem: suite.problem, weights: replicate.weights(after: iteration),
      training: suite.training, order: replicate.order(ofChild: order), keeps: [suite.duration],
      start: iteration, scheduleStart: iteration, reinitializes: nil, precision: suite.precision)
    var inputs = replicate.inputs(after: iteration, of: parent)
    inputs[InputRole.mask] = mask
    return try builder.add(
      .training(recipe), inputs: inputs, label: label("training", "order \(order)"),
      cost: replicate.costs.training(suite.training, steps: suite.duration - iteration))
  }

  private func label(_ kind: String, _ what: String) -> String {
    [
      "\(kind) \(network.words)", "from \(step)", what, "replicate \(replicate.replicate)",
    ].joined(separator: " · ")
  }
}

extension InstabilityNetwork {
  /// `dense`, or `SNIP at 20 %`.
  var words: String {
    self == .dense ? method : "\(method) at \(Format.percent(density.value))"
  }
}
