import Foundation
import Randomness
import Recipes
import Statistics
import Suites

/// What one method kept in one replicate, from whole to sparse.
struct CollapseRun {
  /// What is left at one density.
  struct Point {
    let density: Density
    /// Weights kept of every layer.
    let kept: [Int]
  }

  let method: CollapseSettings.Method
  let replicate: Int
  let layers: [String]
  let sizes: [Int]
  let points: [Point]

  /// The last point before any layer empties.
  var lastWhole: Point? {
    guard let first = firstEmpty else { return points.last }
    return points.last { $0.density > first.density }
  }

  /// The first point at which a layer is empty.
  var firstEmpty: Point? { points.first { $0.kept.contains(0) } }

  /// Names of the layers that are empty first.
  var emptied: [String] {
    firstEmpty.map { point in zip(layers, point.kept).filter { $0.1 == 0 }.map(\.0) } ?? []
  }

  /// Layers that the method may prune, as positions.
  var rankable: [Int] {
    layers.indices.filter { !method.excluded.contains(layers[$0]) }
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

  /// The runs of a table: method by method in the order of the terms, replicate by replicate.
  static func all(_ rows: [CollapseRow], _ settings: CollapseSettings) -> [CollapseRun] {
    let byMethod = Dictionary(grouping: rows, by: \.method)
    return settings.methods.flatMap { method in
      (byMethod[method.name] ?? []).grouped(by: \.replicate)
        .compactMap { CollapseRun(method, $0, $1) }
    }
  }

  private init?(_ method: CollapseSettings.Method, _ replicate: Int, _ rows: [CollapseRow]) {
    let points = rows.grouped(by: \.density).reversed()
    guard let first = points.first?.value else { return nil }
    (self.method, self.replicate) = (method, replicate)
    (layers, sizes) = (first.map(\.layer), first.map(\.size))
    self.points = points.compactMap { density, rows in
      rows.count == first.count ? Point(density: density, kept: rows.map(\.kept)) : nil
    }
  }
}

/// Counts of magnitude pruning at initialization against their closed form.
struct MagnitudeCheck {
  let density: Density
  let threshold: Double
  /// The layer that is farthest off, and how far in binomial standard deviations.
  let worst: (layer: String, z: Double)

  /// One check per point of a run; `nil` where there is no closed form.
  static func all(_ run: CollapseRun) throws -> [MagnitudeCheck]? {
    guard let laws = run.method.distributions else { return nil }
    let groups = run.rankable.compactMap { index in
      laws[run.layers[index]].map {
        (size: run.sizes[index], distribution: CommonThreshold.Distribution($0))
      }
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
  let selection: RandomSelection

  /// The law of `run`'s layers; `nil` for methods that do not prune at random over all layers.
  init?(_ run: CollapseRun, seed: UInt64, draws: Int) throws {
    guard run.method.isUniform else { return nil }
    selection = try RandomSelection(sizes: run.rankable.map { run.sizes[$0] })
    var stream = RandomStream(
      StreamPath(seed: seed) / "critical compression" / run.method.name)
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
}
