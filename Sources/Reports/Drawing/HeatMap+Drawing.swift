import Wording

extension HeatMap {
  /// Lays the map out.
  func canvas(figure: String) throws(ReportsError) -> Canvas {
    guard let scale else { throw .nothingToDraw(figure: figure, axis: label) }
    let grid = Grid(self, scale)
    let inks = scale.inks
    let lines = (panels.count + grid.perRow - 1) / grid.perRow
    let titles = panels.contains { !$0.title.isEmpty } ? Layout.lineHeight : 0
    let left = Layout.edge + grid.rowNames
    let top = Layout.edge + Layout.lineHeight + 4
    let lineHeight = titles + grid.height + grid.columnNames + 8
    let right = left + Double(grid.perRow) * (grid.width + Grid.gap) - Grid.gap
    let scaleTop = top + titles
    let scaleHeight = max(Double(inks.count) * 17, min(grid.height, Double(inks.count) * 28))
    let name = Layout.shortened(label, to: Layout.wide - 2 * Layout.edge)
    var canvas = Canvas(
      width: max(right + Grid.gap + grid.scale, Layout.edge + Layout.width(name)).rounded(.up)
        + Layout.edge,
      height: max(top + Double(lines) * lineHeight, scaleTop + scaleHeight + 8).rounded(.up)
        + Layout.edge)
    canvas.text(name, x: Layout.edge, y: Layout.edge + Layout.lineHeight / 2)
    let frames = panels.indices.map { index in
      let x = left + Double(index % grid.perRow) * (grid.width + Grid.gap)
      let y = top + Double(index / grid.perRow) * lineHeight + titles
      return Frame(left: x, top: y, right: x + grid.width, bottom: y + grid.height)
    }
    canvas.draw(layers(frames, grid, scale))
    for (index, frame) in frames.enumerated() {
      let title = Layout.shortened(
        panels[index].title, to: grid.width + Grid.gap - 6, bold: true)
      canvas.text(title, x: frame.left, y: frame.top - titles / 2 - 1, bold: true)
      write(
        panels[index].values, frame, grid, scale, namesRows: index % grid.perRow == 0, on: &canvas)
    }
    scale.draw(
      Frame(
        left: right + Grid.gap, top: scaleTop, right: right + Grid.gap + Scale.boxWidth,
        bottom: scaleTop + scaleHeight), on: &canvas)
    return canvas
  }

  /// Bands of all panels, what is missing, and borders.
  private func layers(_ frames: [Frame], _ grid: Grid, _ scale: Scale) -> [Canvas.Layer] {
    func area(_ ink: Ink, _ isInside: (Double) -> Bool) -> Canvas.Layer {
      .areas(
        zip(panels, frames).flatMap { panel, frame in
          Self.region(panel.values, where: isInside).map { outline in
            outline.map {
              Position(frame.left + $0.x * grid.cellWidth, frame.top + $0.y * grid.cellHeight)
            }
          }
        }, ink)
    }
    let step = scale.step
    let above = (0..<scale.above).map { band in
      area(scale.ink(above: band)) { $0 >= (band == 0 ? 0 : (Double(band) - 1e-9) * step) }
    }
    let below = (0..<scale.below).map { band in
      area(scale.ink(below: band)) { $0 < (band == 0 ? 0 : (1e-9 - Double(band)) * step) }
    }
    let missing: [[Position]] =
      arePictures
      ? []
      : zip(panels, frames).flatMap { panel, frame in
        panel.values.enumerated().flatMap { row, values in
          values.enumerated().filter { $0.element?.isFinite != true }.map { column, _ in
            let corner = Position(
              frame.left + Double(column) * grid.cellWidth,
              frame.top + Double(row) * grid.cellHeight)
            return [
              Position(corner.x, corner.y + grid.cellHeight),
              Position(corner.x + grid.cellWidth, corner.y),
            ]
          }
        }
      }
    let borders = frames.map { frame in
      [
        Position(frame.left, frame.top), Position(frame.right, frame.top),
        Position(frame.right, frame.bottom), Position(frame.left, frame.bottom),
        Position(frame.left, frame.top),
      ]
    }
    return above + below + [.lines(missing, .grid, width: 1), .lines(borders, .line, width: 1)]
  }

  /// Names and values of one matrix.
  private func write(
    _ values: [[Double?]], _ frame: Frame, _ grid: Grid, _ scale: Scale, namesRows: Bool,
    on canvas: inout Canvas
  ) {
    func x(_ column: Int) -> Double { frame.left + (Double(column) + 0.5) * grid.cellWidth }
    func y(_ row: Int) -> Double { frame.top + (Double(row) + 0.5) * grid.cellHeight }
    if namesRows {
      let names = Grid.thinned(rows, cell: grid.cellHeight, distance: Grid.distance)
      for (row, name) in names.enumerated() {
        canvas.text(name, x: frame.left - 8, y: y(row), .right)
      }
    }
    let names = Grid.thinned(
      columns, cell: grid.cellWidth, distance: grid.isTurned ? Grid.turnedDistance : 0)
    for (column, name) in names.enumerated() {
      if grid.isTurned {
        canvas.text(name, x: x(column) + 5, y: frame.bottom + 10, .right, degrees: Canvas.tilt)
      } else {
        canvas.text(name, x: x(column), y: frame.bottom + 13, .center)
      }
    }
    guard grid.isWritten else { return }
    for (row, cells) in values.enumerated() {
      for (column, value) in cells.enumerated() {
        canvas.text(scale.text(value), x: x(column), y: y(row), .center)
      }
    }
  }
}
