import Connectivity
import Foundation
import Laboratory
import Networks
import Recipes
import Training

extension Workbench {
  /// Trains a curve's bends, resuming from a checkpoint where a former worker left one.
  func trainCurve(_ recipe: CurveRecipe, _ assignment: Assignment) throws -> Outcome<CurveResult> {
    let network = Network(recipe.problem)
    if let divergence = try assignment.divergence(of: [InputRole.start, InputRole.end]) {
      return .diverged(divergence)
    }
    let (start, end) = try assignment.ends(after: recipe.iteration, for: network)
    let mask = try assignment.commonMask(for: network)
    let training = try CurveTraining(
      Curve(recipe.shape, from: start, to: end), of: network,
      on: dataset(recipe.problem.dataset), specification: recipe.training, order: recipe.order,
      positions: recipe.positions, mask: mask, precision: recipe.precision)
    let last = recipe.training.duration.iterations(perEpoch: training.stepsPerEpoch)
    let keeper = CheckpointKeeper(
      assignment, every: checkpointInterval, optimizer: training.steppingOptimizer)
    var state =
      try keeper.resumed(training.tensors, of: "the bends of \(network.specification)")
      ?? training.begin()
    let ending = try training.run(&state, to: last) { state in
      try keeper.saveIfDue(state)
      assignment.report(Double(state.iteration) / Double(max(last, 1)))
    }
    if case .diverged(let iteration) = ending { return .diverged(.own(iteration: iteration)) }
    let bends = training.curve(state).bends
    for (index, bend) in bends.enumerated() {
      try bend.write(to: assignment.output(ArtifactFile.bend(index + 1)))
    }
    let pruned = mask.map { $0.layers.reduce(0) { $0 + $1.kept.count } - $0.keptCount } ?? 0
    return .found(
      CurveResult(
        steps: state.iteration, prunedWeights: pruned * bends.count,
        prunedWeightsAtZero: try mask.map { mask in
          try bends.reduce(0) { $0 + (try $1.prunedAtZero(under: mask)) }
        } ?? 0))
  }

  /// Measures error and loss along a curve or a segment.
  func curvePoints(_ recipe: CurvePointsRecipe, _ assignment: Assignment) throws
    -> Outcome<CurvePointsResult>
  {
    let network = Network(recipe.problem)
    let roles =
      [InputRole.start, InputRole.end] + (recipe.shape.bends > 0 ? [InputRole.curve] : [])
    if let divergence = try assignment.divergence(of: roles) { return .diverged(divergence) }
    let (start, end) = try assignment.ends(after: recipe.iteration, for: network)
    let bends = try (0..<recipe.shape.bends).map { index in
      // A training of a finite loss may leave bends that are not finite after its last step.
      try Weights(
        readingFrom: assignment.file(ArtifactFile.bend(index + 1), of: InputRole.curve),
        for: network, allowsNonFinite: true)
    }
    return .found(
      try PointEvaluator(
        network, dataset(recipe.problem.dataset), recipe.measurement, precision: recipe.precision
      ).evaluate(
        Curve(recipe.shape, controls: [start] + bends + [end]), points: recipe.points,
        ensembles: recipe.ensembles, progress: assignment.report))
  }
}

extension Assignment {
  /// The weights that both ends keep after `iteration` steps.
  fileprivate func ends(after iteration: Int, for network: Network) throws -> (Weights, Weights) {
    (
      try weights(after: iteration, of: InputRole.start, for: network),
      try weights(after: iteration, of: InputRole.end, for: network)
    )
  }

  /// The union of both ends' masks; `nil` for dense ones.
  fileprivate func commonMask(for network: Network) throws -> Mask? {
    let roles = [InputRole.startMask, InputRole.endMask].filter { artifact.inputs[$0] != nil }
    return try roles.map { try Mask(readingFrom: file(ArtifactFile.mask, of: $0), for: network) }
      .reduce(nil) { union, mask in union.map { $0.union(mask) } ?? mask }
  }
}
