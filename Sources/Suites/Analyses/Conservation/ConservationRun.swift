import Foundation
import Recipes
import Statistics

/// The totals of one method's scores in one replicate after one step.
struct ConservationRun {
  /// The method's name, with its power where scores are squared.
  let name: String
  let replicate: Int
  let iteration: Int
  let layers: [Layer]
  let units: [SaliencyResult.Units]

  /// One layer's total, as a magnitude: signed scores may sum below zero.
  struct Layer {
    let name: String
    let size: Int
    let biases: Int
    let total: Double
  }

  /// The run of a result.
  init(_ cell: ConservationCell, _ result: SaliencyResult) {
    self.init(
      name: cell.method, cell, units: result.units,
      layers: result.layers.map {
        Layer(name: $0.name, size: $0.size, biases: $0.biases, total: abs($0.total))
      })
  }

  /// The same run with squared scores: the energy w² of magnitude pruning (figure 5b).
  init(squaring cell: ConservationCell, _ result: SaliencyResult) {
    self.init(
      name: "\(cell.method), squared", cell, units: [],
      layers: result.layers.map {
        Layer(name: $0.name, size: $0.size, biases: $0.biases, total: $0.squares)
      })
  }

  private init(
    name: String, _ cell: ConservationCell, units: [SaliencyResult.Units], layers: [Layer]
  ) {
    self.name = name
    replicate = cell.replicate
    iteration = cell.iteration
    self.units = units
    self.layers = layers
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

  /// Incoming against outgoing totals of the units of one kind.
  func units(of kind: SaliencyResult.Units.Kind) -> (incoming: [Double], outgoing: [Double]) {
    let chosen = units.filter { $0.kind == kind }
    return (chosen.flatMap(\.incoming), chosen.flatMap(\.outgoing))
  }
}
