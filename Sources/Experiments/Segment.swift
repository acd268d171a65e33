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
    let (start, end) = (
      try assignment.weights(after: startIteration, of: InputRole.start, for: network),
      try assignment.weights(after: endIteration, of: InputRole.end, for: network)
    )
    if let program = problem.network.program {
      return .found(
        try bench.points(of: problem, measurement, precision: precision, for: assignment)
          .evaluateSegment(
            from: start, to: end, points: points,
            parent: try parent.map {
              let scratch = try assignment.scratch()
              let session = bench.session(of: program)
              let file = try session.weightsFile(of: $0, assignment, in: scratch)
              return try session.weights(in: file, of: network, "to measure distances from")
                .masked(by: assignment.mask(in: InputRole.mask, for: network))
            }, progress: assignment.report))
    }
    return .found(
      try PointEvaluator(
        network, bench.dataset(problem.dataset, for: assignment), measurement, precision: precision
      ).interpolate(
        from: start, to: end, points: points,
        parent: try parent.map { parent in
          try assignment.weights(from: parent, for: network)
            .masked(by: assignment.mask(in: InputRole.mask, for: network))
        },
        progress: assignment.report))
  }
}
