import Connectivity
package import Laboratory
import Networks
package import Recipes

extension PlaneRecipe: SoloAct {
  /// Measures error and loss on a grid in the plane through three networks.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<PlaneResult> {
    let network = Network(problem)
    if let divergence = try assignment.divergence(of: InputRole.corners) {
      return .diverged(divergence)
    }
    let corners = try zip(self.corners, InputRole.corners).map { corner, role in
      switch corner {
      case .checkpoint(let iteration):
        try assignment.weights(after: iteration, of: role, for: network)
      case .bend(let number):
        try Weights(
          readingFrom: assignment.file(ArtifactFile.bend(number), of: role), for: network)
      }
    }
    return .found(
      try bench.points(of: problem, measurement, precision: precision, for: assignment).evaluate(
        Plane(through: corners, names: InputRole.corners.map { "the \($0) network" }),
        side: side, margin: margin, progress: assignment.report))
  }
}
