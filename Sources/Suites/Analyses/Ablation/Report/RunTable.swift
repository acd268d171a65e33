import Recipes

/// Runs by method, ablation, density and replicate, in the order in which they first came.
struct RunTable {
  /// Methods without the dense network.
  let methods: [String]
  /// Ablations without the methods themselves.
  let ablations: [String]
  /// From the densest on.
  let densities: [Density]
  /// Runs of the dense network.
  let dense: [RunRecord]

  private let runs: [Cell: [RunRecord]]

  private struct Cell: Hashable {
    let method, ablation: String
    let density: Density
  }

  init(_ records: [RunRecord]) {
    var (methods, ablations): ([String], [String]) = ([], [])
    var runs: [Cell: [RunRecord]] = [:]
    for record in records where record.method != Method.dense {
      if !methods.contains(record.method) { methods.append(record.method) }
      if record.ablation != RunRecord.unablated, !ablations.contains(record.ablation) {
        ablations.append(record.ablation)
      }
      let cell = Cell(method: record.method, ablation: record.ablation, density: record.density)
      runs[cell, default: []].append(record)
    }
    self.methods = methods
    self.ablations = ablations
    self.runs = runs.mapValues { $0.sorted { $0.replicate < $1.replicate } }
    densities = Set(runs.keys.map(\.density)).sorted(by: >)
    dense = records.filter { $0.method == Method.dense }
  }

  /// Runs of one arm at one density, by replicate.
  func runs(_ method: String, _ ablation: String, _ density: Density) -> [RunRecord] {
    runs[Cell(method: method, ablation: ablation, density: density), default: []]
  }

  /// Runs of one arm at all densities.
  func runs(_ method: String, _ ablation: String) -> [RunRecord] {
    densities.flatMap { runs(method, ablation, $0) }
  }

  /// Ablations that `method` was run with.
  func ablations(of method: String) -> [String] {
    ablations.filter { !runs(method, $0).isEmpty }
  }
}
