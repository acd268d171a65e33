import Recipes
import Suites

/// What the paths of a dropout-stability suite say.
struct DropoutStabilityAnalysis {
  /// One replicate whose trainings finished.
  struct Run {
    let replicate: Int
    /// Points of the path and of the straight segment.
    let path, segment: [DropoutStabilityRow]
    /// Each network whole, and then without the halves of more and more layers.
    let first, second: [DropoutStabilityRow]

    /// The larger ε of both networks; `nil` where one has none.
    var epsilon: Double? { path.first?.epsilon }

    /// Whether the path stays under the bound; `nil` where there is no ε.
    var connection: EpsilonConnection? { connection(of: path) }

    /// The straight segment against the path's bound; `nil` where there is no ε.
    var straight: EpsilonConnection? { connection(of: segment) }

    private func connection(of points: [DropoutStabilityRow]) -> EpsilonConnection? {
      epsilon.flatMap {
        EpsilonConnection(losses: points.map(\.measured.trainLoss), epsilon: $0)
      }
    }

    /// Whether the path's largest training loss keeps its bound, to the rounding of float32.
    var verdict: EpsilonConnection.Verdict? {
      connection?.verdict(rounding: EpsilonConnection.rounding)
    }

    /// The largest test error of points; `nil` where a loss is not finite.
    static func highestTestError(_ points: [DropoutStabilityRow]) -> Double? {
      points.contains { $0.measured.testLoss == nil }
        ? nil : points.compactMap(\.measured.testError).max()
    }

    /// The knots at which pieces of the path begin.
    var pieces: [DropoutStabilityRow] {
      path.filter { $0.type == DropoutStabilityRow.knot && $0.piece != nil }
    }
  }

  let terms: Terms<DropoutStabilitySettings>
  let runs: [Run]
  /// Replicates with a training that diverged.
  let diverged: Int

  init(_ rows: [DropoutStabilityRow], _ terms: Terms<DropoutStabilitySettings>) {
    self.terms = terms
    diverged = rows.count { $0.path == .diverged }
    runs = rows.filter { $0.path != .diverged }.grouped(by: \.replicate).map { replicate, rows in
      func points(_ path: DropoutStabilityRow.Path) -> [DropoutStabilityRow] {
        rows.filter { $0.path == path }
      }
      return Run(
        replicate: replicate, path: points(.halfWidth), segment: points(.straight),
        first: points(.first), second: points(.second))
    }
  }
}
