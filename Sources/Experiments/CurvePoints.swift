import Connectivity
import Foundation
package import Laboratory
import Networks
package import Recipes

extension CurvePointsRecipe: SoloAct {
  /// Measures error and loss along a curve.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<
    CurvePointsResult
  > {
    let network = Network(problem)
    let roles = [InputRole.start, InputRole.end, InputRole.curve]
    if let divergence = try assignment.divergence(of: roles) { return .diverged(divergence) }
    let (start, end) = try assignment.ends(after: iteration, for: network)
    let bends = try (0..<shape.bends).map { index in
      // A training of a finite loss may leave bends that are not finite after its last step.
      try Weights(
        readingFrom: assignment.file(ArtifactFile.bend(index + 1), of: InputRole.curve),
        for: network, allowsNonFinite: true)
    }
    return .found(
      try PointEvaluator(
        network, bench.dataset(problem.dataset, for: assignment), measurement, precision: precision
      ).evaluate(
        Curve(shape, controls: [start] + bends + [end]), points: points,
        ensembles: true, progress: assignment.report))
  }
}
