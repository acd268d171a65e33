/// The linear assignment problem, solved exactly (to the rounding of float64).
///
/// Shortest augmenting paths after a column reduction, O(n³): every free row is matched along a path of
/// least reduced cost, found as by Dijkstra over columns, and the columns' prices follow.
///
/// Reference: Jonker & Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
/// assignment problems", Computing 38, 1987.
package enum LinearAssignment {
  /// The column of each row, every column once, for which `Σ values[row, column]` is largest; of several
  /// such assignments always the same one.
  ///
  /// - Parameters:
  ///   - values: `[size, size]`, row-major, finite.
  ///   - size: rows and columns.
  package static func maximizing(_ values: [Double], size: Int) -> [Int] {
    precondition(
      values.count == size * size, "\(values.count) values for \(size) rows and columns")
    precondition(values.allSatisfy(\.isFinite), "an assignment of values that are not finite")
    return values.withUnsafeBufferPointer { values in
      var matching = Matching(values: values, size: size)
      matching.reduceColumns()
      for row in 0..<size where matching.columns[row] == nil { matching.augment(from: row) }
      return matching.columns.map { $0! }
    }
  }
}

private struct Matching {
  let values: UnsafeBufferPointer<Double>
  let size: Int
  var columns: [Int?]
  var rows: [Int?]
  var prices: [Double]

  init(values: UnsafeBufferPointer<Double>, size: Int) {
    self.values = values
    self.size = size
    columns = Array(repeating: nil, count: size)
    rows = Array(repeating: nil, count: size)
    prices = Array(repeating: 0, count: size)
  }

  /// Values are to be large and costs small.
  private func cost(_ row: Int, _ column: Int) -> Double { -values[row * size + column] }

  /// Prices every column at its cheapest row and matches those two where the row is free.
  mutating func reduceColumns() {
    for column in 0..<size {
      var cheapest = 0
      for row in 1..<max(size, 1) where cost(row, column) < cost(cheapest, column) {
        cheapest = row
      }
      prices[column] = cost(cheapest, column)
      if columns[cheapest] == nil {
        columns[cheapest] = column
        rows[column] = cheapest
      }
    }
  }

  /// Matches a free row by the cheapest path to a free column, rows on the way changing columns.
  mutating func augment(from free: Int) {
    var distances = (0..<size).map { cost(free, $0) - prices[$0] }
    var predecessors = Array(repeating: free, count: size)
    var (open, scanned) = (Array(0..<size), [Int]())
    while true {
      var nearest = 0
      for index in open.indices where distances[open[index]] < distances[open[nearest]] {
        nearest = index
      }
      let column = open.remove(at: nearest)
      guard let row = rows[column] else {
        for other in scanned { prices[other] += distances[other] - distances[column] }
        match(column, along: predecessors, from: free)
        return
      }
      scanned.append(column)
      let offset = cost(row, column) - prices[column] - distances[column]
      for other in open {
        let distance = cost(row, other) - prices[other] - offset
        if distance < distances[other] {
          distances[other] = distance
          predecessors[other] = row
        }
      }
    }
  }

  private mutating func match(_ end: Int, along predecessors: [Int], from free: Int) {
    var column = end
    while true {
      let row = predecessors[column]
      let former = columns[row]
      rows[column] = row
      columns[row] = column
      guard row != free, let former else { return }
      column = former
    }
  }
}
