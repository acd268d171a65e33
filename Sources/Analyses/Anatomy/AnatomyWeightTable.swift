import Recipes
import Statistics
import Suites
import Wording

/// The rows of weights, with p-values adjusted over the suite.
struct AnatomyWeightTable {
  /// In the order of records.csv.
  let rows: [AnatomyRow]
  private let selection: [Place: Double]
  private let gaussian: [Place: Double]

  /// One network's layer, or all of its layers, at a moment.
  struct Place: Hashable {
    let network: AnatomyCell.Place
    let layer: String
    let moment: AnatomyMoment
  }

  /// Some of the weights that are told.
  struct Sort: Hashable {
    let moment: AnatomyMoment
    let group: AnatomyGroup

    /// `kept, start`.
    var words: String { "\(group), \(moment)" }

    /// The order of tables.
    static let all = [
      Sort(moment: .start, group: .kept), Sort(moment: .start, group: .pruned),
      Sort(moment: .end, group: .kept), Sort(moment: .end, group: .pruned),
    ]
  }

  init(_ rows: [AnatomyRow]) throws {
    self.rows = rows.filter { $0.weights.moment != nil }
    selection = try Self.adjusted(self.rows) { $0.weights.selectionP }
    gaussian = try Self.adjusted(self.rows) {
      $0.weights.group == .kept ? $0.weights.gaussianP : nil
    }
  }

  /// By Holm over all layers of all networks.
  private static func adjusted(_ rows: [AnatomyRow], _ pValue: (AnatomyRow) -> Double?) throws
    -> [Place: Double]
  {
    let tested = rows.compactMap { row in pValue(row).flatMap { p in Place(row).map { ($0, p) } } }
    let adjusted = try holmAdjusted(tested.map(\.1))
    return Dictionary(zip(tested.map(\.0), adjusted)) { first, _ in first }
  }

  /// The adjusted p of a selection that does not look at weights, the largest of `rows`.
  func selectionP(_ rows: [AnatomyRow]) -> Double? { largest(selection, rows) }

  /// The adjusted p of independent Gaussian weights, the largest of `rows`.
  func gaussianP(_ rows: [AnatomyRow]) -> Double? { largest(gaussian, rows) }

  private func largest(_ adjusted: [Place: Double], _ rows: [AnatomyRow]) -> Double? {
    rows.compactMap { Place($0).flatMap { adjusted[$0] } }.max()
  }

  /// Pruning methods, in their order.
  var methods: [String] { rows.map(\.method).distinct.filter { $0 != Method.dense } }
  /// Their densities, falling.
  var densities: [Density] {
    rows.filter { $0.method != Method.dense }.map(\.density).distinct.sorted(by: >)
  }
  /// Layers, and what stands for all.
  var layers: [String] { rows.map(\.layer).distinct }
  /// Whether weights are looked at after training.
  var hasEnd: Bool { rows.contains { $0.weights.moment == .end } }

  /// The dense network, then the methods, each at `density`.
  func networks(_ density: Density) -> [(method: String, density: Density)] {
    (rows.contains { $0.method == Method.dense } ? [(Method.dense, Density.one)] : [])
      + methods.map { ($0, density) }
  }

  /// The rows of some weights of a layer in all replicates.
  func rows(_ network: (method: String, density: Density), _ layer: String, _ sort: Sort)
    -> [AnatomyRow]
  {
    rows.filter {
      $0.method == network.method && $0.density == network.density && $0.layer == layer
        && $0.weights.moment == sort.moment && $0.weights.group == sort.group
    }
  }

  /// The mean over `rows` of what they tell; `nil` where none does.
  static func mean(_ rows: [AnatomyRow], _ value: (AnatomyWeightValues) -> Double?) -> Double? {
    let values = rows.compactMap { value($0.weights) }
    return values.isEmpty ? nil : Sample.mean(values)
  }

  /// The mean D of masks that do not look at weights.
  static func expectedDistance(_ rows: [AnatomyRow]) -> Double? {
    let expected = rows.compactMap { row -> Double? in
      guard row.weights.selectionP != nil, let distance = row.weights.denseDistance else {
        return nil
      }
      return try? SelectionDistanceTest(
        distance: distance, selected: row.kept, population: row.size)?.expectedDistance
    }
    return expected.isEmpty ? nil : Sample.mean(expected)
  }
}

extension AnatomyWeightTable.Place {
  fileprivate init?(_ row: AnatomyRow) {
    guard let moment = row.weights.moment else { return nil }
    self.init(network: row.place, layer: row.layer, moment: moment)
  }
}
