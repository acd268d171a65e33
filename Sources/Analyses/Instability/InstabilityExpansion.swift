import Laboratory
import Recipes
import Suites
import Wording

extension InstabilityDesign {
  /// A parent, children of it at every step under every mask, and the segments between all pairs of siblings.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws
    -> [InstabilityCell]
  {
    try networks.flatMap { network in
      try steps.flatMap { step in
        let iteration = replicate.suite.iterations(before: .step(step))
        let family = Family(
          design: self, replicate: replicate, network: network,
          mask: try replicate.mask(of: network, self, from: iteration, in: &builder), step: step,
          iteration: iteration)
        return try family.add(to: &builder)
      }
    }
  }
}

/// A mask, and the trainings that finding it takes.
private struct FoundMask {
  let key: Key
  let trainings: Int
}

extension ScoredReplicate {
  /// Adds the mask of `network`; `nil` for the dense one.
  fileprivate func mask(
    of network: Subnetwork, _ design: InstabilityDesign, from iteration: Int,
    in builder: inout PlanBuilder
  ) throws -> FoundMask? {
    if let ladder = design.ladder, network.method == Subnetwork.ticket {
      let levels = try climb(
        ladder, rewindingTo: iteration, levels: ladder.lastLevel(reaching: [network.density]),
        in: &builder)
      return levels.last.flatMap { level in
        level.mask.map {
          FoundMask(key: $0, trainings: ladder.schedule == .iterative ? level.number : 1)
        }
      }
    }
    return try design.methods.first { $0.name == network.method }.map { method in
      FoundMask(
        key: try mask(method, network.density, in: &builder),
        trainings: method.maskFrom == .step(.zero) ? 0 : 1)
    }
  }
}

/// The children of one parent that part from it at one step, and the segments between them.
private struct Family {
  let design: InstabilityDesign
  let replicate: ScoredReplicate
  let network: Subnetwork
  let mask: FoundMask?
  let step: Step
  let iteration: Int

  func add(to builder: inout PlanBuilder) throws -> [InstabilityCell] {
    let children = try (1...design.orders).map { try addChild($0, to: &builder) }
    let recipe = design.measurement.segment(
      of: replicate.suite, points: design.points, parent: replicate.weights(after: iteration))
    var cells: [InstabilityCell] = []
    for first in 1..<design.orders {
      for second in first + 1...design.orders {
        var inputs = try replicate.inputs(after: iteration, in: &builder)
        inputs[InputRole.start] = children[first - 1]
        inputs[InputRole.end] = children[second - 1]
        // The parent that distances are measured from is the subnetwork's.
        inputs[InputRole.mask] = mask?.key
        let key = try builder.add(
          recipe, inputs: inputs,
          label: "path \(network.words) · from \(step) · orders \(first) and \(second)"
            + " · replicate \(replicate.replicate)")
        cells.append(
          InstabilityCell(
            network: network, replicate: replicate.replicate, step: step, iteration: iteration,
            first: first, second: second, key: key,
            unsharedTrainings: 2 + (iteration > 0 ? 1 : 0) + (mask?.trainings ?? 0)))
      }
    }
    return cells
  }

  private func addChild(_ order: Int, to builder: inout PlanBuilder) throws -> Key {
    try replicate.walk(
      from: iteration, order: replicate.streams.order(ofChild: order), under: mask?.key,
      words: "\(network.words) · from \(step) · order \(order)", in: &builder
    ).state(in: &builder)
  }
}
