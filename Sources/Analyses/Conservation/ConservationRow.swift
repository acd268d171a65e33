import Recipes
import Statistics
import Suites

/// The total of one layer's scores, or what is said of hidden units: a row of records.csv.
struct ConservationRow: TableRow {
  /// The method's name, with its power where scores are squared.
  var method = ""
  /// Number of the replicate, from 1.
  var replicate = 1
  /// Optimizer steps before the weights.
  var iteration = 0
  /// The layer; of a row about units the one whose weights lead into them, or none for all of one kind.
  var layer: String?
  /// Weights of the layer, and elements of its bias.
  var size, biases: Int?
  /// The total of its scores, as a magnitude: signed scores may sum below zero.
  var total: Double?
  /// What lies on both sides of the units.
  var between: SaliencyResult.Units.Kind?
  /// How many units of this kind there are.
  var units: Int?
  /// How their totals in and out go together.
  var correlation, medianDifference, slope, ratio: Double?
  /// Number of a unit in its layer, from 1, and the totals into and out of it.
  var unit: Int?
  var scoreIn, scoreOut: Double?

  init() {}

  static var columns: [Column<ConservationRow>] {
    [
      Column("method", \.method, .name), Column("replicate", \.replicate, .number),
      Column("iteration", \.iteration, .count), Column("layer", \.layer, .text),
      Column("size", \.size, .number), Column("biases", \.biases, .count),
      Column("total", \.total, .finite),
      // What total and size say already.
      Column(
        "average", kind: .number, expected: "total / size",
        write: { row in
          row.total.flatMap { total in row.size.map { "\(total / Double($0))" } } ?? ""
        }, read: { _, _ in nil }), Column("between", \.between, .choice),
      Column("units", \.units, .count), Column("correlation", \.correlation, .finite),
      Column("median_difference", \.medianDifference, .finite),
      Column("slope", \.slope, .finite), Column("ratio", \.ratio, .finite),
      Column("unit", \.unit, .number), Column("score_in", \.scoreIn, .finite),
      Column("score_out", \.scoreOut, .finite),
    ]
  }

  static var identity: [String] {
    ["method", "replicate", "iteration", "layer", "between", "unit"]
  }
}

extension ConservationRow {
  private init(_ method: String, _ cell: ConservationCell) {
    (self.method, replicate, iteration) = (method, cell.replicate, cell.iteration)
  }

  /// One row per layer: totals, or where scores are `squared` the energy w² of magnitude pruning (figure 5b).
  static func layers(_ cell: ConservationCell, _ result: SaliencyResult, squared: Bool)
    -> [ConservationRow]
  {
    result.layers.map { layer in
      var row = ConservationRow(cell.method + (squared ? " squared" : ""), cell)
      (row.layer, row.size, row.biases) = (layer.name, layer.size, layer.biases)
      row.total = squared ? layer.squares : abs(layer.total)
      return row
    }
  }

  /// Units of each kind that a figure has place for.
  private static let shown = 300

  /// One row per kind of hidden units, and where `shows` up to 300 units of each, evenly chosen, those with both
  /// totals above 0.
  static func units(_ cell: ConservationCell, _ result: SaliencyResult, shows: Bool)
    -> [ConservationRow]
  {
    SaliencyResult.Units.Kind.allCases.flatMap { kind -> [ConservationRow] in
      let chosen = result.units.filter { $0.kind == kind }
      let (incoming, outgoing) = (chosen.flatMap(\.incoming), chosen.flatMap(\.outgoing))
      guard let fit = try? Association(x: incoming, y: outgoing) else { return [] }
      func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      var row = ConservationRow(cell.method, cell)
      (row.between, row.units) = (kind, fit.count)
      row.correlation = finite(fit.correlation)
      row.medianDifference = finite(fit.medianRelativeDifference)
      row.slope = finite(fit.slopeThroughOrigin)
      row.ratio = finite(outgoing.reduce(0, +) / incoming.reduce(0, +))
      guard shows else { return [row] }
      let pairs = chosen.flatMap { units in
        zip(units.incoming, units.outgoing).enumerated().map {
          (units.layer, $0 + 1, $1.0, $1.1)
        }
      }.filter { $0.2 > 0 && $0.3 > 0 }
      let step = max(1, pairs.count / Self.shown)
      return [row]
        + stride(from: 0, to: pairs.count, by: step).map { index in
          var row = ConservationRow(cell.method, cell)
          row.between = kind
          (row.layer, row.unit, row.scoreIn, row.scoreOut) = pairs[index]
          return row
        }
    }
  }
}
