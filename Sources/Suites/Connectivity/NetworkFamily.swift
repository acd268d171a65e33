import Laboratory
import Recipes

/// The networks of one replicate that a curve or a plane joins, dense or sparse.
struct NetworkFamily {
  /// One of them.
  struct Member {
    /// Its training, which keeps the last weights.
    let training: Key
    /// Its mask; `nil` for a dense one.
    let mask: Key?
    /// The weights that it and its siblings were trained from, with the artifacts that have them and its mask;
    /// `nil` for a network without siblings.
    var parent: (weights: WeightsSource, inputs: [String: Key])?
  }

  let suite: Suite
  let origin: NetworkOrigin
  let sharing: MaskSharing
  /// Number of the replicate, from 1.
  let replicate: Int
  /// How many.
  let count: Int

  /// Adds the networks, found by `method` at `density` or dense, with all they need.
  func add(_ method: Method?, _ density: Density, to builder: inout PlanBuilder) throws -> [Member]
  {
    switch origin {
    case .independent: try addIndependent(method, density, to: &builder)
    case .children(let step): try addChildren(of: step, method, density, to: &builder)
    }
  }

  /// Network n of replicate r is the network of replicate (r − 1)·count + n of any other suite with this
  /// seed, so that suites share their trainings.
  private func addIndependent(
    _ method: Method?, _ density: Density, to builder: inout PlanBuilder
  ) throws -> [Member] {
    var first: Key?
    return try (1...count).map { number in
      let own = ScoredReplicate(suite, (replicate - 1) * count + number)
      guard let method else {
        let key = try own.addTraining(keeping: [suite.duration], to: &builder)
        return Member(training: key!, mask: nil)
      }
      let mask: Key
      if sharing == .shared, let first {
        mask = first
      } else {
        let dense = try own.addTraining(
          keeping: [suite.iterations(before: method.maskFrom)], to: &builder)
        mask = try own.addMask(method, density, of: dense, to: &builder)
        first = first ?? mask
      }
      let recipe = TrainingRecipe(
        problem: suite.problem, weights: own.weights(after: 0), training: suite.training,
        order: own.streams.order, keeps: [suite.duration], start: 0, scheduleStart: 0,
        reinitializes: nil, device: suite.device, precision: suite.precision)
      let key = try builder.add(
        recipe, inputs: [InputRole.mask: mask],
        label: "training \(method.name), network \(number) · replicate \(replicate)")
      return Member(training: key, mask: mask)
    }
  }

  /// Child n is the child of that order in instability suites.
  private func addChildren(
    of step: Step, _ method: Method?, _ density: Density, to builder: inout PlanBuilder
  ) throws -> [Member] {
    let parent = ScoredReplicate(suite, replicate)
    let iteration = suite.iterations(before: .step(step))
    let scored = method.map { suite.iterations(before: $0.maskFrom) } ?? 0
    let dense = try parent.addTraining(keeping: [iteration, scored], to: &builder)
    let mask = try method.map { try parent.addMask($0, density, of: dense, to: &builder) }
    return try (1...count).map { number in
      let recipe = TrainingRecipe(
        problem: suite.problem, weights: parent.weights(after: iteration),
        training: suite.training, order: parent.order(ofChild: number), keeps: [suite.duration],
        start: iteration, scheduleStart: iteration, reinitializes: nil, device: suite.device,
        precision: suite.precision)
      var inputs = parent.inputs(after: iteration, of: dense)
      inputs[InputRole.mask] = mask
      let key = try builder.add(
        recipe, inputs: inputs,
        label: "training \(method?.name ?? Method.dense), child \(number) from \(step)"
          + " · replicate \(replicate)")
      return Member(training: key, mask: mask, parent: (recipe.weights, inputs))
    }
  }
}
