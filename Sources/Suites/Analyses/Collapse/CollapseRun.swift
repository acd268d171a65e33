import Foundation
import Laboratory
import Randomness
import Recipes
import Statistics

/// What one method kept in one replicate, from whole to sparse.
struct CollapseRun {
  let method: Method
  let replicate: Int
  let layers: [String]
  let sizes: [Int]
  let points: [CollapseResult.Point]

  /// The last point before any layer empties.
  var lastWhole: CollapseResult.Point? {
    guard let first = firstEmpty else { return points.last }
    return points.last { $0.density > first.density }
  }

  /// The first point at which a layer is empty.
  var firstEmpty: CollapseResult.Point? { points.first { $0.kept.contains(0) } }

  /// Names of the layers that are empty first.
  var emptied: [String] {
    firstEmpty.map { point in zip(layers, point.kept).filter { $0.1 == 0 }.map(\.0) } ?? []
  }

  /// Layers that the method may prune, as positions.
  var rankable: [Int] {
    layers.indices.filter { !method.ranking.excluded.contains(layers[$0]) }
  }

  /// N/L: the compression at which one weight per layer is left, beyond which no method can keep all
  /// layers (Tanaka et al., NeurIPS 2020, section 3).
  var maximal: Double {
    Double(rankable.reduce(0) { $0 + sizes[$1] }) / Double(max(rankable.count, 1))
  }

  /// The count that a ranking of all rankable layers together keeps at `density`.
  func kept(at density: Density) -> Int {
    density.kept(of: rankable.reduce(0) { $0 + sizes[$1] })
  }

  /// Whether the scores of all layers are ranked together, once, at initialization: what the closed forms
  /// assume.
  var isGlobalAtInitialization: Bool {
    method.ranking.scope == .global && method.ranking.schedule == .oneShot
      && method.maskFrom == .step(.zero)
  }

  /// The runs of a suite that the store has, and how many artifacts it lacks.
  static func all(
    _ design: CollapseDesign, _ cells: [CollapseCell], _ results: [Key: CollapseResult]
  ) -> (runs: [CollapseRun], missing: Int) {
    var runs: [CollapseRun] = []
    for method in design.methods {
      let cells = cells.filter { $0.method == method.name }
      for replicate in Set(cells.map(\.replicate)).sorted() {
        let found = cells.filter { $0.replicate == replicate }.compactMap { results[$0.key] }
        guard let first = found.first else { continue }
        runs.append(
          CollapseRun(
            method: method, replicate: replicate, layers: first.layers, sizes: first.sizes,
            points: found.flatMap(\.points).sorted { $0.density > $1.density }))
      }
    }
    return (runs, cells.count { results[$0.key] == nil })
  }
}

/// Counts of magnitude pruning at initialization against their closed form.
struct MagnitudeCheck {
  let density: Density
  let threshold: Double
  /// The layer that is farthest off, and how far in binomial standard deviations.
  let worst: (layer: String, z: Double)

  /// One check per point of a run; `nil` where the initializer has no closed form.
  static func all(_ run: CollapseRun, _ suite: Suite) throws -> [MagnitudeCheck]? {
    guard run.method.ranking.criterion == .magnitude, run.isGlobalAtInitialization else {
      return nil
    }
    let tensors = suite.problem.tensors.filter(\.isPrunable)
    let groups = run.rankable.compactMap { index in
      tensors.first { $0.name == run.layers[index] }
        .flatMap(suite.initializer.distribution(of:))
        .map { (size: run.sizes[index], distribution: CommonThreshold.Distribution($0)) }
    }
    guard groups.count == run.rankable.count else { return nil }
    return try run.points.filter { $0.density < .one }.map { point in
      let expected = try CommonThreshold(groups: groups, kept: run.kept(at: point.density))
      let scores = expected.zScores(of: run.rankable.map { point.kept[$0] })
      let worst = scores.indices.max { abs(scores[$0]) < abs(scores[$1]) }!
      return MagnitudeCheck(
        density: point.density, threshold: expected.threshold,
        worst: (run.layers[run.rankable[worst]], scores[worst]))
    }
  }
}

extension CommonThreshold.Distribution {
  fileprivate init(_ distribution: WeightDistribution) {
    switch distribution {
    case .normal(let deviation): self = .normal(standardDeviation: deviation)
    case .uniform(let bound): self = .uniform(bound: bound)
    }
  }
}

/// The distribution of random pruning's critical compression.
struct RandomLaw {
  /// Compressions at which a layer of a random ranking empties, ascending.
  let critical: [Double]
  private let selection: RandomSelection

  /// The law of `run`'s layers; `nil` for methods that do not prune at random over all layers.
  init?(_ run: CollapseRun, _ suite: Suite, draws: Int) throws {
    guard run.method.prunesAtRandom, run.method.ranking.scope == .global,
      run.method.ranking.schedule == .oneShot
    else { return nil }
    selection = try RandomSelection(sizes: run.rankable.map { run.sizes[$0] })
    var stream = RandomStream(
      StreamPath(seed: suite.seed) / "critical compression" / run.method.name)
    critical = selection.criticalCompressions(draws: draws, stream: &stream)
  }

  /// The compression below which a share `fraction` of rankings empties a layer.
  func quantile(_ fraction: Double) -> Double {
    RandomSelection.quantile(critical, at: fraction)
  }

  /// The share of rankings that leave a layer empty where `kept` weights are kept.
  func collapsed(keeping kept: Int) -> Double {
    let total = Double(selection.total)
    return Double(critical.count { (total / $0).rounded() > Double(kept) }) / Double(critical.count)
  }

  /// The exact probability that each layer is empty where `kept` weights are kept.
  func emptyProbabilities(keeping kept: Int) -> [Double] {
    selection.emptyProbabilities(keeping: kept)
  }
}
