import Connectivity
import Laboratory
import Networks
import Recipes

extension Workbench {
  /// Measures error and loss on a grid in the plane through three networks.
  func plane(_ recipe: PlaneRecipe, _ assignment: Assignment) throws -> Outcome<PlaneResult> {
    let network = Network(recipe.problem)
    if let divergence = try assignment.divergence(of: InputRole.corners) {
      return .diverged(divergence)
    }
    let corners = try zip(recipe.corners, InputRole.corners).map { corner, role in
      switch corner {
      case .checkpoint(let iteration):
        try assignment.weights(after: iteration, of: role, for: network)
      case .bend(let number):
        try Weights(
          readingFrom: assignment.file(ArtifactFile.bend(number), of: role), for: network)
      }
    }
    return .found(
      try PointEvaluator(
        network, dataset(recipe.problem.dataset), recipe.measurement, precision: recipe.precision
      ).evaluate(
        Plane(through: corners, names: InputRole.corners.map { "the \($0) network" }),
        side: recipe.side, margin: recipe.margin, progress: assignment.report))
  }
}
