import Laboratory
import Recipes

/// What the paths of a dropout-stability suite say.
struct DropoutStabilityAnalysis {
  /// One replicate whose artifacts are all there and whose trainings finished.
  struct Run {
    let replicate: Int
    let found: DropoutStabilityResult
    let segment: SegmentResult

    /// The straight segment against the path's bound; `nil` where there is no ε.
    var straight: EpsilonConnection? {
      found.epsilon.flatMap { segment.connection(epsilon: $0) }
    }

    /// Whether the path's largest training loss keeps its bound, to the rounding of float32.
    var verdict: EpsilonConnection.Verdict? {
      found.connection?.verdict(rounding: EpsilonConnection.rounding)
    }

    /// The largest test error of the path; `nil` where a loss is not finite.
    var highestTestError: Double? {
      found.evaluations.contains { $0.test.loss == nil }
        ? nil : found.evaluations.map(\.test.error).max()
    }

    /// The largest test error of the straight segment; `nil` where a loss is not finite.
    var highestTestErrorOfSegment: Double? {
      let errors = segment.values(.error, on: .test)
      return errors.contains(nil) ? nil : errors.compactMap(\.self).max()
    }
  }

  let design: DropoutStabilityDesign
  let runs: [Run]
  /// Artifacts that the store lacks.
  let missing: Int
  /// Replicates with a training that diverged.
  let diverged: Int

  init(
    _ design: DropoutStabilityDesign, _ cells: [DropoutStabilityCell],
    paths: [Key: Outcome<DropoutStabilityResult>], segments: [Key: Outcome<SegmentResult>]
  ) {
    self.design = design
    let both = cells.compactMap { cell in
      paths[cell.path].flatMap { path in segments[cell.segment].map { (cell, path, $0) } }
    }
    // Both have the same ends, so that where one diverged, so did the other.
    runs = both.compactMap { cell, path, segment in
      guard let found = path.found, let segment = segment.found else { return nil }
      return Run(replicate: cell.replicate, found: found, segment: segment)
    }
    missing =
      cells.count { paths[$0.path] == nil } + cells.count { segments[$0.segment] == nil }
    diverged = both.count - runs.count
  }
}

extension SegmentResult {
  /// Whether the training subset's loss keeps max(ends) + ε all along; `nil` where an end has none.
  func connection(epsilon: Double, policy index: Int = 0) -> EpsilonConnection? {
    EpsilonConnection(losses: values(.loss, on: .train, policy: index), epsilon: epsilon)
  }
}
