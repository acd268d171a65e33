import Laboratory
import Recipes

/// Everything that a curve suite's records say.
struct CurveAnalysis {
  /// One path of one replicate.
  struct Run {
    let network: InstabilityNetwork
    let replicate: Int
    let path: CurveDesign.NamedCurve
    let result: CurvePointsResult
    /// `nil` for the segment.
    let training: CurveResult?
    let plane: PlaneResult?
    /// Lengths; `nil` where bends are not finite.
    let geometry: CurveGeometry?
    /// Arc lengths from each point to the next.
    let arcs: [Double]?

    func summary(_ quantity: PathQuantity, on split: PathSplit, policy: Int) -> PathSummary? {
      result.summary(quantity, on: split, policy: policy, arcs: arcs)
    }

    /// Errors of the start together with each point.
    func ensembles(policy: Int) -> [Double?] {
      result.points.map { $0.ensembles[policy].value(of: .error) }
    }
  }

  let suite: Suite
  let design: CurveDesign
  let policies: [StatisticsPolicy]
  let runs: [Run]
  let missing: Int
  /// Paths that there are none of, the training of an end having diverged.
  let endless: Int
  /// Curves whose own training diverged.
  let diverged: [CurveCell]

  init(
    _ suite: Suite, _ design: CurveDesign, _ cells: [CurveCell],
    points: [Key: Outcome<CurvePointsResult>], trainings: [Key: Outcome<CurveResult>],
    planes: [Key: Outcome<PlaneResult>]
  ) throws {
    self.suite = suite
    self.design = design
    policies = design.measurement.measurement(of: suite).statistics
    runs = try cells.filter { $0.content == .points }.compactMap { cell in
      guard let result = points[cell.key]?.found,
        let path = design.paths.first(where: { $0.name == cell.path })
      else { return nil }
      func other<Found>(_ content: CurveCell.Content, _ results: [Key: Outcome<Found>]) -> Found? {
        cells.first {
          $0.content == content && $0.network == cell.network && $0.replicate == cell.replicate
            && $0.path == cell.path
        }.flatMap { results[$0.key]?.found }
      }
      let geometry = result.products.map { CurveGeometry(shape: path.shape, products: $0) }
      let positions = result.positions
      return Run(
        network: cell.network, replicate: cell.replicate, path: path, result: result,
        training: other(.training, trainings),
        plane: other(.plane, planes),
        geometry: geometry,
        arcs: try geometry.map { geometry in
          try zip(positions, positions.dropFirst()).map { try geometry.length(from: $0, to: $1) }
        })
    }
    endless = cells.count { cell in
      [InputRole.start, InputRole.end].contains {
        points[cell.key]?.divergence == .input(role: $0)
      }
    }
    diverged = cells.filter { trainings[$0.key]?.divergence?.iteration != nil }
    missing = cells.count {
      switch $0.content {
      case .points: points[$0.key] == nil
      case .training: trainings[$0.key] == nil
      case .plane: planes[$0.key] == nil
      }
    }
  }

  /// The policy that verdicts are about: statistics recomputed where they are measured.
  var decidingPolicy: Int { policies.firstIndex(of: .recomputed) ?? 0 }

  /// The splits that are measured.
  var splits: [PathSplit] { design.measurement.trainingExamples > 0 ? [.test, .train] : [.test] }

  func runs(_ network: InstabilityNetwork, _ path: String) -> [Run] {
    runs.filter { $0.network == network && $0.path.name == path }
  }

  /// Networks that there are results for.
  var networks: [InstabilityNetwork] {
    design.networks.filter { network in runs.contains { $0.network == network } }
  }

  /// In how many replicates a path connects its ends: its highest test error lies less than the suite's
  /// threshold above the worse end's; points without a finite loss do not connect, nor do curves whose training
  /// diverged.
  func connecting(_ network: InstabilityNetwork, _ path: String) -> (count: Int, of: Int) {
    let runs = runs(network, path)
    let count = runs.count { run in
      guard let summary = run.summary(.error, on: .test, policy: decidingPolicy) else {
        return false
      }
      return summary.gaps == 0 && summary.rise < design.connectedBelow
    }
    return (count, runs.count + diverged.count { $0.network == network && $0.path == path })
  }

  /// Points without a finite loss, all paths and policies together.
  var gaps: Int {
    runs.reduce(0) { sum, run in
      sum
        + policies.indices.reduce(0) { sum, policy in
          sum + run.result.values(.loss, on: .test, policy: policy).count { $0 == nil }
        }
    }
  }
}
