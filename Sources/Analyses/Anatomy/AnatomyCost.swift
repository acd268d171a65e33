import Foundation
import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AnatomyRow {
  /// Adds what the layer costs with all of its weights.
  mutating func addCost(_ layer: LayerCost?) {
    multiplications = layer.map { $0.positions * size }
    unprunable = layer?.unprunable
  }

  /// What the layer costs under the mask; `nil` where the table does not tell.
  var cost: LayerCost? {
    guard let multiplications, let unprunable, let units, size > 0 else { return nil }
    return LayerCost(
      name: layer, size: size, rows: units, positions: multiplications / size,
      unprunable: unprunable, kept: kept, effective: effective)
  }
}

extension AnatomyMasks {
  /// What the network costs under the masks of a method at a density, replicate by replicate.
  func costs(_ method: String, _ density: Density) -> [NetworkCost] {
    masks.filter { $0.place.method == method && $0.place.density == density }.compactMap { mask in
      let layers = mask.layers.compactMap(\.cost)
      return layers.count == mask.layers.count ? NetworkCost(layers: layers) : nil
    }
  }

  /// Parameters, multiply–adds and bytes under every method's masks.
  var costSection: ReportSection {
    let found = methods.flatMap { method in densities.map { (method, $0, costs(method, $0)) } }
      .filter { !$0.2.isEmpty }
    guard let dense = found.first?.2.first else { return ReportSection() }
    var table = Markdown.Table([
      .text("method"), .text("density"), .number("parameters"), .number("compression"),
      .number("multiply–adds"), .number("speed-up"), .number("on a path"), .number("CSR"),
      .number("bit mask"), .text("smallest"),
    ])
    for (method, density, costs) in found {
      table.append(plain: [method, Format.percent(density.value)] + Self.cells(costs))
    }
    return ReportSection(
      blocks: [
        .heading(2, "What masks cost"),
        .paragraph(
          """
          Dense, the network has \(Format.count(dense.parameters, "parameter")), \
          \(Format.count(dense.multiplications, "multiply–add")) for one example and \
          \(Format.bytes(dense.bytes(.dense))) of float32. One multiplication with its addition is one multiply–add; biases, \
          batch norm, pooling, activations and the additions of residual connections are not counted.
          """),
        .paragraph(
          """
          Means over replicates. \(emphasis: "Speed-up") is dense multiply–adds over those of kept weights, which no program \
          reaches that pays for skipping the others (Blalock et al. 2020); \(emphasis: "on a path") is the part of these that \
          kept weights on a path from the input to an output have. \(emphasis: "CSR") stores a float32 and an int32 for each \
          kept weight and an int32 for each row, \(emphasis: "bit mask") a bit for every weight and a float32 for each kept \
          one; what is never pruned is float32 in all.
          """), .table(table),
      ])
  }

  private static func cells(_ costs: [NetworkCost]) -> [String] {
    func mean(_ value: (NetworkCost) -> Double?) -> Double? {
      let values = costs.compactMap(value)
      return values.count == costs.count ? Sample.mean(values) : nil
    }
    func count(_ value: (NetworkCost) -> Int?) -> String {
      Format.count(mean { value($0).map(Double.init) }.map { Int($0.rounded()) })
    }
    func bytes(_ storage: WeightStorage) -> String {
      Format.bytes(Int((mean { Double($0.bytes(storage)) } ?? 0).rounded()))
    }
    let onPath = mean { cost in
      cost.effectiveMultiplications.map {
        Double($0) / Double(max(1, cost.keptMultiplications))
      }
    }
    let smallest = costs.map(\.smallest).distinct
    return [
      count(\.keptParameters), Format.significant(mean(\.compression)),
      count(\.keptMultiplications), Format.significant(mean(\.speedUp)), Format.percent(onPath),
      bytes(.sparseRows), bytes(.bitMask),
      smallest.map(\.words).joined(separator: ", "),
    ]
  }

  /// Which methods' masks need the fewest multiply–adds at the sparsest density, and the most; where all need as many,
  /// that. p is of a paired t-test of logarithms over replicates, by Holm over all pairs of methods; below three
  /// replicates nothing is tested.
  func costSentence() throws -> String? {
    guard let density = densities.last else { return nil }
    let found = methods.map { (method: $0, costs: costs($0, density)) }.filter { !$0.costs.isEmpty }
    let means = found.map { entry in
      (
        method: entry.method, costs: entry.costs,
        products: Sample.mean(entry.costs.map { Double($0.keptMultiplications) })
      )
    }.sorted { $0.products < $1.products }
    guard let least = means.first, let most = means.last, least.products > 0 else { return nil }
    let dense = Double(least.costs[0].multiplications)
    func words(_ products: Double) -> String {
      "\(Format.count(Int(products.rounded()))) multiply–adds, "
        + "\(Format.significant(dense / products)) times fewer than dense"
    }
    let place = "At \(Format.percent(density.value))"
    guard most.products > least.products else {
      return "\(place) every method's masks leave \(words(least.products))."
    }
    let p = try Self.adjustedP(means.map(\.costs))
    return
      "\(place) the masks of \(least.method) need the fewest multiply–adds (\(words(least.products))), those of "
      + "\(most.method) the most (\(words(most.products))"
      + (p.map { "; \(Format.statement(ofP: $0))" } ?? "; too few replicates for a test") + ")."
  }

  /// The adjusted p of the first method against the last.
  private static func adjustedP(_ costs: [[NetworkCost]]) throws -> Double? {
    guard costs.allSatisfy({ $0.count == costs[0].count && $0.count >= 3 }) else { return nil }
    let logarithms = costs.map { $0.map { log(Double($0.keptMultiplications)) } }
    guard logarithms.joined().allSatisfy(\.isFinite) else { return nil }
    var pValues: [Double] = []
    var place = 0
    for first in logarithms.indices {
      for second in logarithms.indices.dropFirst(first + 1) {
        if first == 0, second == logarithms.count - 1 { place = pValues.count }
        pValues.append(
          try TTest(
            differences: pairedDifferences(
              treated: logarithms[second], control: logarithms[first])
          ).pValue)
      }
    }
    return try holmAdjusted(pValues)[place]
  }
}

extension WeightStorage {
  /// What a report calls it.
  var words: String {
    switch self {
    case .dense: "dense"
    case .sparseRows: "CSR"
    case .bitMask: "bit mask"
    }
  }
}
