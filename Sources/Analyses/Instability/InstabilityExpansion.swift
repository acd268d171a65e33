import Laboratory
import Recipes
import Suites
import Wording

extension AnalysisPlan where Cell == InstabilityCell {
  /// A parent per initialization, children of it at every step under every mask, and the segments between
  /// all pairs of siblings.
  init(expanding suite: Suite, _ design: InstabilityDesign) throws {
    var (builder, cells) = (PlanBuilder(), [InstabilityCell]())
    for number in 1...suite.replicates {
      let replicate = try ScoredReplicate(suite, number)
      let partings = design.steps.map { ($0, suite.iterations(before: .step($0))) }
      for network in design.networks {
        for (step, iteration) in partings {
          let family = Family(
            suite: suite, design: design, replicate: replicate, network: network,
            mask: try replicate.mask(of: network, design, from: iteration, in: &builder),
            step: step, iteration: iteration)
          cells += try family.add(to: &builder)
        }
      }
    }
    self.init(artifacts: builder.artifacts, cells: cells)
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
  let suite: Suite
  let design: InstabilityDesign
  let replicate: ScoredReplicate
  let network: Subnetwork
  let mask: FoundMask?
  let step: Step
  let iteration: Int

  func add(to builder: inout PlanBuilder) throws -> [InstabilityCell] {
    let children = try (1...design.orders).map { try addChild($0, to: &builder) }
    var cells: [InstabilityCell] = []
    for first in 1..<design.orders {
      for second in first + 1...design.orders {
        let recipe = SegmentRecipe(
          problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
          points: design.points, measurement: design.measurement.measurement(of: suite),
          parent: replicate.weights(after: iteration), precision: suite.precision)
        var inputs = try replicate.inputs(after: iteration, in: &builder)
        inputs[InputRole.start] = children[first - 1]
        inputs[InputRole.end] = children[second - 1]
        // The parent that distances are measured from is the subnetwork's.
        inputs[InputRole.mask] = mask?.key
        let key = try builder.add(
          recipe, inputs: inputs, label: label("path", "orders \(first) and \(second)"))
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

  private func label(_ kind: String, _ what: String) -> String {
    [
      "\(kind) \(network.words)", "from \(step)", what, "replicate \(replicate.replicate)",
    ].joined(separator: " · ")
  }
}
