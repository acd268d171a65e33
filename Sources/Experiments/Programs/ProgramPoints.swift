import Connectivity
import Engines
import Foundation
import Laboratory
import Networks
import Recipes

/// Measures networks of a program between others, on the test split.
struct ProgramPoints: CombinationEvaluator {
  let session: EngineSession
  let measurement: PointMeasurement
  let scratch: URL

  func evaluate(
    combinations coefficients: [[Double]], of basis: [Weights], progress: (Double) -> Void
  ) throws -> [[PointEvaluation]] {
    let file = scratch.appendingPathComponent("point.safetensors")
    let anew = scratch.appendingPathComponent("recomputed.safetensors")
    return try coefficients.indices.map { point in
      try Weights.combination(
        zip(coefficients[point], basis).map { (coefficient: $0, weights: $1) }
      ).write(to: file)
      defer { progress(Double(point + 1) / Double(coefficients.count)) }
      return try measurement.statistics.map { policy in
        let measured: URL
        switch policy {
        case .interpolated: measured = file
        case .recomputed:
          _ = try session.ask(Statistics(weights: file.path, mask: nil, output: anew.path))
          measured = anew
        }
        return PointEvaluation(
          train: nil,
          test: try session.evaluate(measured, under: nil, on: .test, in: scratch).evaluation)
      }
    }
  }
}

extension Workbench {
  /// What measures points of `problem`'s networks: the program that has them, or the toolkit.
  func points(
    of problem: Problem, _ measurement: PointMeasurement, precision: Precision,
    for assignment: Assignment
  ) throws -> any CombinationEvaluator {
    if let program = problem.network.program {
      return ProgramPoints(
        session: session(of: program), measurement: measurement, scratch: try assignment.scratch())
    }
    return PointEvaluator(
      Network(problem), try dataset(problem.dataset, for: assignment), measurement,
      precision: precision)
  }
}
