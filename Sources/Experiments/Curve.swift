import Connectivity
import Foundation
package import Laboratory
import Networks
package import Recipes
import Training

extension CurveRecipe: SoloAct {
  /// Trains a curve's bends, resuming from a checkpoint where a former worker left one.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<CurveResult> {
    let network = Network(problem)
    if let divergence = try assignment.divergence(of: [InputRole.start, InputRole.end]) {
      return .diverged(divergence)
    }
    let (start, end) = try assignment.ends(after: iteration, for: network)
    let mask = try assignment.commonMask(for: network)
    let training = try CurveTraining(
      Curve(self.shape, from: start, to: end), of: network,
      on: bench.dataset(problem.dataset, for: assignment), specification: self.training,
      order: order,
      positions: positions, mask: mask, precision: precision)
    let last = self.training.duration.iterations(perEpoch: training.stepsPerEpoch)
    let keeper = CheckpointKeeper(
      assignment, every: bench.checkpointInterval, optimizer: training.steppingOptimizer)
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
}

extension Assignment {
  /// The weights that both ends keep after `iteration` steps.
  func ends(after iteration: Int, for network: Network) throws -> (Weights, Weights) {
    (
      try weights(after: iteration, of: InputRole.start, for: network),
      try weights(after: iteration, of: InputRole.end, for: network)
    )
  }

  /// The union of both ends' masks; `nil` for dense ones.
  fileprivate func commonMask(for network: Network) throws -> Mask? {
    try [InputRole.startMask, InputRole.endMask].compactMap { try givenMask(in: $0, for: network) }
      .reduce(nil) { union, mask in union.map { $0.union(mask) } ?? mask }
  }
}
