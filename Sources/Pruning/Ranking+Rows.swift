import Tensors

extension Ranking {
  /// Decides for each row of a layer by itself, the weights of one output, of which all must have scores.
  ///
  /// Ties go to the lower index; a row that has no more than `count` left keeps all of it.
  func decideRows(
    _ layer: Layer, at position: Int, keeping count: Int, into decision: inout Decision
  ) throws {
    guard let left = layer.kept else {
      preconditionFailure("\(layer.name): rows are ranked by scores of all weights")
    }
    var kept = [UInt8](repeating: 0, count: left.count)
    try layer.scores.converted(to: .float64).withElements(of: Double.self) { scores in
      for start in stride(from: 0, to: left.count, by: layer.rowSize) {
        let row = (start..<start + layer.rowSize).filter { left[$0] == 1 }
        decision.zeroScores += row.count { scores[$0] == 0 }
        let ranked = row.sorted { a, b in
          scores[a] == scores[b] ? a < b : (scores[a] > scores[b]) != keepsLowest
        }
        for index in ranked.prefix(count) { kept[index] = 1 }
        if count >= 1, count < ranked.count {
          let last = scores[ranked[count - 1]]
          decision.ties += row.count { scores[$0] == last }
        }
      }
    }
    decision.rows[position] = kept
  }
}
