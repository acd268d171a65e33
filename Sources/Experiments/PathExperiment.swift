import Connectivity
import Foundation
import Laboratory
import Networks
import Recipes

extension Workbench {
  /// Walks from one network to the other; where the training of an end diverged there is no path.
  func path(_ recipe: PathRecipe, _ assignment: Assignment) throws -> Outcome<PathResult> {
    let network = Network(recipe.problem)
    if let divergence = try assignment.divergence(of: [InputRole.start, InputRole.end]) {
      return .diverged(divergence)
    }
    return .found(
      try PointEvaluator(
        network, dataset(recipe.problem.dataset), recipe.measurement, precision: recipe.precision
      ).interpolate(
        from: assignment.weights(after: recipe.startIteration, of: InputRole.start, for: network),
        to: assignment.weights(after: recipe.endIteration, of: InputRole.end, for: network),
        points: recipe.points,
        parent: try recipe.parent.map { parent in
          try assignment.weights(from: parent, for: network)
            .masked(by: assignment.mask(in: InputRole.mask, for: network))
        },
        progress: assignment.report))
  }
}
