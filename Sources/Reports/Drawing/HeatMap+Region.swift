extension HeatMap {
  /// The outlines of all cells of a matrix that `isInside`, in units of cells from the upper left corner; cells that
  /// share a side have one outline, so that nothing shines through between them.
  static func region(_ values: [[Double?]], where isInside: (Double) -> Bool) -> [[Position]] {
    let inside = values.map { row in
      row.map { $0.map { $0.isFinite && isInside($0) } ?? false }
    }
    func holds(_ row: Int, _ column: Int) -> Bool {
      inside.indices.contains(row) && inside[row].indices.contains(column) && inside[row][column]
    }
    var edges: [Edge] = []
    for (row, cells) in inside.enumerated() {
      for column in cells.indices where cells[column] {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map {
          Position(Double(column + $0.0), Double(row + $0.1))
        }
        let neighbours = [
          (row - 1, column), (row, column + 1), (row + 1, column), (row, column - 1),
        ]
        for (side, neighbour) in neighbours.enumerated()
        where !holds(neighbour.0, neighbour.1) {
          edges.append((corners[side], corners[(side + 1) % 4]))
        }
      }
    }
    return loops(of: edges)
  }
}
