package import Laboratory
import Networks
import Pruning
package import Recipes

extension SaliencyRecipe: SoloAct {
  /// Sums the scores per layer and per hidden unit; no scores are written.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> SaliencyResult {
    let network = Network(scored.problem)
    let scores = try bench.scoring(scored, assignment, network: network)(
      Mask(keepingAllOf: network), 1
    ).scores(by: scored.criterion)
    let units = units && network.specification.isChain
    let totals = try scores.layers.map { try LayerTotals(of: $0, units: units) }
    let layers = zip(network.prunable, totals).map { tensor, totals in
      let bias = tensor.name.replacing(/weight$/, with: "bias")
      return SaliencyResult.Layer(
        name: tensor.name, size: tensor.count,
        biases: network.tensors.first { $0.name == bias && !$0.isPrunable }?.count ?? 0,
        total: totals.total, squares: totals.squares)
    }
    guard units else { return SaliencyResult(layers: layers, units: []) }
    return SaliencyResult(
      layers: layers,
      units: zip(scores.layers.indices, zip(totals, totals.dropFirst())).map { index, pair in
        let (into, out) = pair
        // A convolution's channel becomes a contiguous block of inputs where it is flattened.
        let block = out.columns.count / into.rows.count
        let dimensions = (
          scores.layers[index].scores.shape.count, scores.layers[index + 1].scores.shape.count
        )
        return SaliencyResult.Units(
          layer: layers[index].name,
          kind: dimensions.0 == 2 ? .linear : dimensions.1 == 2 ? .flattening : .convolution,
          incoming: into.rows,
          outgoing: into.rows.indices.map { unit in
            out.columns[unit * block..<(unit + 1) * block].reduce(0, +)
          })
      })
  }
}

/// Sums over one tensor of scores `[O, I, …]`.
struct LayerTotals {
  private(set) var (total, squares) = (0.0, 0.0)
  /// Per output unit.
  private(set) var rows: [Double] = []
  /// Per input unit.
  private(set) var columns: [Double] = []

  init(of layer: Scores.Layer, units: Bool) throws {
    let shape = layer.scores.shape
    let (rows, columns) = (shape[0], shape[1])
    let kernel = shape.dropFirst(2).reduce(1, *)
    try layer.scores.converted(to: .float64).withElements(of: Double.self) { scores in
      for score in scores {
        total += score
        squares += score * score
      }
      guard units else { return }
      self.rows = [Double](repeating: 0, count: rows)
      self.columns = [Double](repeating: 0, count: columns)
      var index = 0
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = 0.0
          for _ in 0..<kernel {
            sum += scores[index]
            index += 1
          }
          self.rows[row] += sum
          self.columns[column] += sum
        }
      }
    }
  }
}
