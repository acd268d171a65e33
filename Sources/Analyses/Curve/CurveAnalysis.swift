import Recipes
import Suites

/// Everything that a curve suite's rows say.
struct CurveAnalysis {
  /// One path of one replicate.
  struct Run {
    let network: Subnetwork
    let replicate: Int
    let path: CurveDesign.NamedCurve
    /// One line per policy.
    let lines: [MeasuredLine]
    /// Errors of the start together with each point, per policy.
    let ensembles: [[Double?]]
    /// Errors of start, middle and end together, per policy.
    let trios: [Double?]
    /// Arc lengths from each point to the next; `nil` where bends are not finite.
    let arcs: [Double]?
    /// A point, which tells what there is of the whole path.
    let whole: CurveRow
    /// The plane through both ends and the bend.
    let plane: MeasuredPlane?

    func summary(_ quantity: PathQuantity, on split: PathSplit, policy: Int) -> PathSummary? {
      lines[policy].summary(quantity, on: split, arcs: arcs)
    }

    /// How long the path is.
    var length: Double? { arcs?.reduce(0, +) }
  }

  /// One path of one replicate, by its names.
  private struct Place: Hashable {
    let network: Subnetwork
    let replicate: Int
    let path: String

    init(_ row: CurveRow) {
      (network, replicate, path) = (row.network, row.replicate, row.path)
    }
  }

  let terms: Terms<CurveSettings>
  let runs: [Run]
  /// Paths that there are none of, the training of an end having diverged.
  let endless: Int
  /// Curves whose own training diverged.
  let diverged: [CurveRow]

  init(_ rows: [CurveRow], _ terms: Terms<CurveSettings>) {
    self.terms = terms
    endless = rows.count { $0.record == .endless }
    diverged = rows.filter { $0.record == .diverged }
    let policies = terms.settings.policies
    let places = Dictionary(grouping: rows, by: Place.init)
    var seen: Set<Place> = []
    runs = rows.compactMap { row in
      let place = Place(row)
      guard row.record == .path, seen.insert(place).inserted, let own = places[place],
        let path = terms.settings.paths.first(where: { $0.name == row.path })
      else { return nil }
      let lines = policies.map { policy in
        own.filter { $0.record == .path && $0.statistics == policy }
      }
      guard let first = lines.first, lines.allSatisfy({ $0.count == first.count }) else {
        return nil
      }
      let lengths = first.compactMap(\.length)
      return Run(
        network: row.network, replicate: row.replicate, path: path,
        lines: lines.map { line in
          MeasuredLine(positions: line.map { $0.t ?? 0 }, points: line.map(\.measured))
        },
        ensembles: lines.map { $0.map(\.ensembleError) }, trios: lines.map { $0.first?.trioError },
        arcs: lengths.count < first.count
          ? nil : zip(lengths, lengths.dropFirst()).map { $1 - $0 },
        whole: first[0],
        plane: MeasuredPlane(
          corners: [CurveRow.Record.start, .end, .bend].compactMap { record in
            own.first { $0.record == record }.map { .init($0.x ?? 0, $0.y ?? 0) }
          },
          grid: own.filter { $0.record == .plane }.map { ($0.x ?? 0, $0.y ?? 0, $0.measured) }))
    }
  }

  var settings: CurveSettings { terms.settings }

  /// The policy that verdicts are about: statistics recomputed where they are measured.
  var decidingPolicy: Int { settings.policies.firstIndex(of: .recomputed) ?? 0 }

  func runs(_ network: Subnetwork, _ path: String) -> [Run] {
    runs.filter { $0.network == network && $0.path.name == path }
  }

  /// Networks that there are results for.
  var networks: [Subnetwork] {
    settings.networks.filter { network in runs.contains { $0.network == network } }
  }

  /// In how many replicates a path connects its ends: its highest test error lies less than the suite's
  /// threshold above the worse end's; points without a finite loss do not connect, nor do curves whose training
  /// diverged.
  func connecting(_ network: Subnetwork, _ path: String) -> (count: Int, of: Int) {
    let runs = runs(network, path)
    let count = runs.count { run in
      guard let summary = run.summary(.error, on: .test, policy: decidingPolicy) else {
        return false
      }
      return summary.gaps == 0 && summary.rise < settings.connectedBelow
    }
    return (count, runs.count + diverged.count { $0.network == network && $0.path == path })
  }

  /// Points without a finite loss, all paths and policies together.
  var gaps: Int {
    runs.flatMap(\.lines).reduce(0) { sum, line in
      sum + line.values(.loss, on: .test).count { $0 == nil }
    }
  }
}
