extension ContourMap {
  /// The outlines of where the values, linear along the grid's lines, are at least `level`: against the clock
  /// around it and with the clock around its holes, where y points up.
  ///
  /// Polygons cell by cell would show seams. So each cell gives only those edges that no neighbour shares, and
  /// the edges are joined end to end.
  func region(above level: Double) -> [[Position]] {
    let isWhole = cells
    var edges: [Edge] = []
    for row in 0..<ys.count - 1 {
      for column in 0..<xs.count - 1 where isWhole[row + 1][column + 1] {
        let isOpen = [
          !isWhole[row][column + 1], !isWhole[row + 1][column + 2], !isWhole[row + 2][column + 1],
          !isWhole[row + 1][column],
        ]
        edges += self.edges(above: level, row, column, isOpen)
      }
    }
    return loops(of: edges)
  }

  private typealias Corner = (row: Int, column: Int)

  /// Which cells have values at all four corners, with a frame of cells around the grid that have none.
  private var cells: [[Bool]] {
    let isKnown = values.map { $0.map { $0?.isFinite == true } }
    let none = Array(repeating: false, count: xs.count + 1)
    let rows = zip(isKnown, isKnown.dropFirst()).map { lower, upper in
      [false]
        + (0..<xs.count - 1).map { lower[$0] && lower[$0 + 1] && upper[$0] && upper[$0 + 1] }
        + [false]
    }
    return [none] + rows + [none]
  }

  /// The edges around a cell's part of the region, without those along sides that are not open: there the
  /// neighbour has them too.
  private func edges(
    above level: Double, _ row: Int, _ column: Int, _ isOpen: [Bool]
  ) -> [Edge] {
    let corners: [Corner] = [
      (row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column),
    ]
    let isAbove = corners.map { value($0) >= level }
    guard isAbove.contains(true), isAbove.contains(false) || isOpen.contains(true) else {
      return []
    }
    // Each place with whether the edge that begins there is the region's border.
    var places: [(place: Position, isBorder: Bool)] = []
    for side in corners.indices {
      let next = (side + 1) % corners.count
      if isAbove[side] { places.append((place(corners[side]), isOpen[side])) }
      if isAbove[side] != isAbove[next] {
        // From where a side falls below the level the border leads across the cell.
        places.append(
          (crossing(corners[side], corners[next], level), isAbove[side] || isOpen[side]))
      }
    }
    return places.indices.compactMap { index in
      let (from, to) = (places[index], places[(index + 1) % places.count].place)
      return from.isBorder && from.place != to ? (from.place, to) : nil
    }
  }

  private func value(_ corner: Corner) -> Double {
    values[corner.row][corner.column] ?? .nan
  }

  private func place(_ corner: Corner) -> Position {
    Position(xs[corner.column], ys[corner.row])
  }

  /// Where a side has the value `level`: to the last bit the same for the cells on both sides.
  private func crossing(_ one: Corner, _ other: Corner, _ level: Double) -> Position {
    let (first, last) = one < other ? (one, other) : (other, one)
    let part = (level - value(first)) / (value(last) - value(first))
    let (start, end) = (place(first), place(last))
    return Position(start.x + part * (end.x - start.x), start.y + part * (end.y - start.y))
  }
}
