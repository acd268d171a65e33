import Connectivity
import Foundation
import Laboratory
import Networks
import Recipes

extension Workbench {
  /// Walks from one network to the other; where the training of an end diverged there is no path.
  func path(_ recipe: PathRecipe, _ assignment: Assignment) throws -> PathResult {
    let network = Network(recipe.problem)
    guard try !assignment.isDiverged(InputRole.start), try !assignment.isDiverged(InputRole.end)
    else {
      return PathResult(
        positions: PathPositions.evenlySpaced(recipe.points), evaluations: [], geometry: nil,
        disagreement: nil)
    }
    return try PointEvaluator(
      network, dataset(recipe.problem.dataset), recipe.measurement, precision: recipe.precision
    ).interpolate(
      from: assignment.weights(after: recipe.startIteration, of: InputRole.start, for: network),
      to: assignment.weights(after: recipe.endIteration, of: InputRole.end, for: network),
      points: recipe.points,
      parent: try recipe.parent.map { parent in
        try assignment.weights(from: parent, for: network)
          .masked(by: assignment.mask(in: InputRole.mask, for: network))
      },
      progress: assignment.report)
  }
}

extension Assignment {
  /// Whether the input in `role` is a training, of a network or a curve, that diverged and so left no last
  /// weights, or an alignment of one.
  func isDiverged(_ role: String) throws -> Bool {
    let record = try store.record(of: try input(role))
    if let alignment = try? JSONDecoder().decode(AlignmentResult.self, from: record.result) {
      return alignment.isDiverged
    }
    guard let training = try? JSONDecoder().decode(Ending.self, from: record.result) else {
      return false
    }
    return training.outcome != .finished
  }

  /// What results of trainings have in common.
  private struct Ending: Decodable {
    let outcome: TrainingResult.Outcome
  }
}
