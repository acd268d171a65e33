import Statistics
import Suites

/// The totals of one method's scores in one replicate after one step.
struct ConservationRun {
  /// The method's name, with its power where scores are squared.
  let name: String
  let replicate: Int
  let iteration: Int
  let layers: [Layer]
  /// What is said of hidden units, kind by kind.
  let kinds: [ConservationRow]
  /// Single hidden units.
  let units: [ConservationRow]

  /// One layer's total.
  struct Layer {
    let size: Int
    let biases: Int
    let total: Double
  }

  /// The runs of a table, in its order.
  static func all(_ rows: [ConservationRow]) -> [ConservationRun] {
    rows.chunked {
      ($0.method, $0.replicate, $0.iteration) == ($1.method, $1.replicate, $1.iteration)
    }.map(ConservationRun.init)
  }

  private init(_ rows: [ConservationRow]) {
    (name, replicate, iteration) = (rows[0].method, rows[0].replicate, rows[0].iteration)
    layers = rows.compactMap { row in
      row.total.map { Layer(size: row.size ?? 1, biases: row.biases ?? 0, total: $0) }
    }
    kinds = rows.filter { $0.units != nil }
    units = rows.filter { $0.unit != nil }
  }

  /// A layer's average score: its total over its size, biases counted or not.
  func averages(countingBiases: Bool) -> [Double] {
    layers.map { $0.total / Double($0.size + (countingBiases ? $0.biases : 0)) }
  }

  /// log average score = slope · log(1/size) + c: slope 1 is conservation. `nil` where fewer than two sizes
  /// differ, or a total is zero.
  func fit(countingBiases: Bool) -> LinearFit? {
    try? LinearFit(
      logarithmsOf: layers.map { 1 / Double($0.size + (countingBiases ? $0.biases : 0)) },
      averages(countingBiases: countingBiases))
  }

  /// Standard deviation over mean of the layers' totals: 0 is exact conservation.
  var variation: Double? { try? Association.coefficientOfVariation(layers.map(\.total)) }
}
