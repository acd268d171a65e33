package import Recipes

/// Rough bytes that a worker holds at most while it makes an artifact, for a refusal before anything runs.
package enum MemoryModel {
  /// Bytes of a worker that has done nothing but load the tensor library.
  static let idle = 120_000_000
  /// Examples per batch of an evaluation.
  private static let evaluationBatch = 500.0

  /// The estimate for `recipe`: what the process, the dataset and the work itself need.
  ///
  /// Sizes are computed as floating-point numbers, in which no product overflows.
  package static func peak(of recipe: Recipe) -> Int {
    let bytes = bytes(of: recipe).rounded(.down)
    return bytes < 9e18 ? Int(bytes) : .max
  }

  private static func bytes(of recipe: Recipe) -> Double {
    let idle = Double(idle)
    switch recipe {
    case .training(let recipe):
      return idle + dataset(recipe.problem) + training(recipe)
    case .scores(let recipe): return idle + scoring(recipe)
    case .mask(let recipe):
      let ranking = ranking(recipe.problem)
      guard case .iterative(let scored, _) = recipe.scores else { return idle + ranking }
      return idle + ranking + scoring(scored)
    case .collapse(let recipe):
      return idle + ranking(recipe.scored.problem) + scoring(recipe.scored)
    case .saliency(let recipe):
      return idle + ranking(recipe.scored.problem) + scoring(recipe.scored)
    case .pruneSize(let recipe):
      return idle + ranking(recipe.scored.problem) + scoring(recipe.scored)
    case .shuffle(let recipe): return idle + ranking(recipe.problem)
    case .importedMask(let recipe): return idle + ranking(recipe.problem)
    case .curve(let recipe): return idle + dataset(recipe.problem) + curve(recipe)
    case .curvePoints(let recipe):
      return idle + dataset(recipe.problem)
        + points(Double(recipe.points), recipe.problem, recipe.measurement)
        + 4 * Double(recipe.shape.bends) * ProblemSize.of(recipe.problem).weights
    case .plane(let recipe):
      return idle + dataset(recipe.problem)
        + points(Double(recipe.side) * Double(recipe.side), recipe.problem, recipe.measurement)
    case .alignment(let recipe): return idle + alignment(recipe.problem)
    case .dropoutStability(let recipe):
      // Knots that differ in one layer share the others; a path has some twenty.
      return idle + dataset(recipe.problem) + 20 * 4 * ProblemSize.of(recipe.problem).weights
        + points(100, recipe.problem, recipe.measurement)
    case .path(let recipe):
      return idle + dataset(recipe.problem)
        + points(Double(recipe.points), recipe.problem, recipe.measurement)
    }
  }

  /// Images as bytes, held twice while they are read.
  private static func dataset(_ problem: Problem) -> Double {
    let source = problem.dataset.source
    return 2 * (Double(source.trainCount) + Double(source.testCount)) * source.shape.numbers
  }

  private static func training(_ recipe: TrainingRecipe) -> Double {
    let architecture = ProblemSize.of(recipe.problem)
    let moments: Double =
      switch recipe.training.optimizer {
      case .sgd(_, let momentum, _, _): momentum == 0 ? 0 : 1
      case .adam, .adamW: 2
      }
    let size: Double =
      switch recipe.precision {
      case .float32: 4
      case .bfloat16: 2
      }
    // Weights at the start and now, gradients, one tensor's copies in another layout, the mask.
    let perWeight = 4 * (4 + moments) + 1
    // Outputs, of which batch norm's are not kept, and their gradients, of which few are alive at once:
    // measured 1.3 numbers per output. An evaluation keeps only the latest.
    let step = 3 * architecture.activations * Double(recipe.training.batchSize) / 2
    let evaluation = 4 * architecture.largestActivation * evaluationBatch
    return perWeight * architecture.weights + size * max(step, evaluation)
  }

  /// A training whose optimizer moves every bend.
  private static func curve(_ recipe: CurveRecipe) -> Double {
    let one = training(
      TrainingRecipe(
        problem: recipe.problem, weights: .checkpoint(iteration: recipe.iteration),
        training: recipe.training, order: recipe.order, keeps: [], start: 0, scheduleStart: 0,
        reinitializes: nil, precision: recipe.precision))
    // Of every further bend: itself, its slope, up to two moments; beside it both ends and the point.
    return one + 4 * (4 * Double(recipe.shape.bends - 1) + 3)
      * ProblemSize.of(recipe.problem).weights
  }

  /// Evaluations of `count` points between networks: a few networks, the group of points evaluated together, and
  /// the pass that computes statistics anew.
  static func points(
    _ count: Double, _ problem: Problem, _ measurement: PointMeasurement
  ) -> Double {
    let sizes = ProblemSize.of(problem)
    let point = 4 * sizes.weights * Double(measurement.statistics.count)
    let group = max(point, min(Double(PointMeasurement.groupBytes), count * point))
    let pass = 4 * 3 * sizes.largestActivation * evaluationBatch
    return 5 * 4 * sizes.weights + group + pass
  }

  /// Both networks, the one that moves, one tensor's units in float64, and the widest group's products.
  private static func alignment(_ problem: Problem) -> Double {
    let widest = Double(problem.tensors.map { $0.shape[0] }.max() ?? 0)
    let largest = Double(problem.tensors.map(\.count).max() ?? 0)
    return 5 * 4 * ProblemSize.of(problem).weights + 16 * largest
      + 5 * 8 * widest * widest
  }

  private static func scoring(_ recipe: ScoresRecipe) -> Double {
    let sizes = ProblemSize.of(recipe.problem)
    let source = recipe.problem.dataset.source
    let examples = Double(recipe.scoring.examples.count(classes: source.classes))
    // A user's program gets float32, gradients are computed in float64.
    let size: Double = if case .command = recipe.criterion { 4 } else { 8 }
    let batch = min(examples, Double(recipe.scoring.batchSize))
    let data = dataset(recipe.problem) + size * examples * source.shape.numbers
    switch recipe.criterion {
    case .random, .magnitude: return 12 * sizes.weights
    // Magnitudes and scores in float64 beside the weights, and the pass over one example.
    case .synflow: return 32 * sizes.weights + 16 * sizes.activations
    case .gradient, .snip, .gradientMagnitude, .taylorFO, .command:
      return data + size * (4 * sizes.weights + 2 * sizes.activations * batch)
    // The graph of the gradients is differentiated again.
    case .grasp, .obd: return data + size * (8 * sizes.weights + 5 * sizes.activations * batch)
    }
  }

  /// Scores in float64, their order, the masks before and after.
  private static func ranking(_ problem: Problem) -> Double { 24 * ProblemSize.of(problem).weights }
}
