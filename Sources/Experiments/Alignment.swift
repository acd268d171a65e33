import Connectivity
package import Laboratory
import Networks
package import Recipes

extension AlignmentRecipe: SoloAct {
  /// Relabels the end's units; where the training of an end diverged there is nothing to relabel.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<AlignmentResult>
  {
    let network = Network(problem)
    if let divergence = try assignment.divergence(of: [InputRole.start, InputRole.end]) {
      return .diverged(divergence)
    }
    let start = try assignment.weights(
      after: startIteration, of: InputRole.start, for: network)
    let end = try assignment.weights(after: endIteration, of: InputRole.end, for: network)
    let matching = try WeightMatching(
      network, of: end, to: start, attempts: attempts, stream: stream)
    try matching.aligned.write(
      to: assignment.output(ArtifactFile.weights(after: endIteration)))
    if let mask = try assignment.givenMask(in: InputRole.mask, for: network) {
      try mask.permuted(by: matching.permutations, matching.symmetry, in: network)
        .write(to: assignment.output(ArtifactFile.mask))
    }
    return .found(try AlignmentResult(matching, of: end, to: start))
  }
}

extension AlignmentResult {
  /// What `matching` did to `end`.
  init(_ matching: WeightMatching, of end: Weights, to start: Weights) throws {
    self.init(
      groups: zip(matching.symmetry.groups, matching.moved).map { group, moved in
        AlignmentResult.Group(name: group.name, size: group.size, moved: moved)
      },
      objectives: matching.objectives, distanceBefore: try start.distance(to: end),
      distanceAfter: try start.distance(to: matching.aligned))
  }
}
