import Connectivity
import Foundation
package import Laboratory
import Networks
package import Recipes

extension SegmentRecipe: SoloAct {
  /// Walks from one network to the other; where the training of an end diverged there is no segment.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<SegmentResult> {
    let network = Network(problem)
    if let divergence = try assignment.divergence(of: [InputRole.start, InputRole.end]) {
      return .diverged(divergence)
    }
    return .found(
      try PointEvaluator(
        network, bench.dataset(problem.dataset, for: assignment), measurement, precision: precision
      ).interpolate(
        from: assignment.weights(after: startIteration, of: InputRole.start, for: network),
        to: assignment.weights(after: endIteration, of: InputRole.end, for: network),
        points: points,
        parent: try parent.map { parent in
          try assignment.weights(from: parent, for: network)
            .masked(by: assignment.mask(in: InputRole.mask, for: network))
        },
        progress: assignment.report))
  }
}
