extension Figure.Drawing {
  /// What is drawn as a value: its `kind`, its axes, and numbers series by series.
  var json: JSON {
    switch self {
    case .lines(let chart): chart.json
    case .bars(let chart): chart.json
    case .contours(let map): map.json
    case .cells(let map): map.json
    }
  }
}

extension LineChart {
  fileprivate var json: JSON {
    .members([
      "kind": .text("lines"), "xLabel": .text(x.label), "yLabel": .text(y.label),
      "panels": .list(
        panels.map { panel in
          .members([
            "title": .text(panel.title), "series": .list(panel.series.map(\.json)),
          ])
        }),
      "references": .list(
        references.map { .members(["name": .text($0.name), "y": JSON($0.y)]) }),
      "band": band.map { band in
        .members([
          "name": .text(band.name), "low": JSON(band.range.lowerBound),
          "high": JSON(band.range.upperBound),
        ])
      } ?? .null,
    ])
  }
}

extension LineChart.Series {
  fileprivate var json: JSON {
    .members([
      "name": .text(name), "x": JSON(points.map(\.x)), "y": JSON(points.map(\.y)),
      "low": JSON(points.map(\.lower)), "high": JSON(points.map(\.upper)),
    ])
  }
}

extension BarChart {
  fileprivate var json: JSON {
    .members([
      "kind": .text("bars"), "xLabel": .text(label), "yLabel": .text(y.label),
      "categories": JSON(categories),
      "series": .list(
        series.map { .members(["name": .text($0.name), "y": JSON($0.values)]) }),
    ])
  }
}

extension ContourMap {
  fileprivate var json: JSON {
    .members([
      "kind": .text("contours"), "label": .text(label), "xLabel": .text(xLabel),
      "yLabel": .text(yLabel), "x": JSON(xs), "y": JSON(ys),
      "values": .list(values.map { JSON($0) }),
      "marks": .list(
        marks.map {
          .members(["name": .text($0.name), "x": JSON($0.place.x), "y": JSON($0.place.y)])
        }),
      "paths": .list(
        paths.map { path in
          .members([
            "name": .text(path.name), "x": JSON(path.places.map(\.x)),
            "y": JSON(path.places.map(\.y)),
          ])
        }),
    ])
  }
}

extension HeatMap {
  fileprivate var json: JSON {
    .members([
      "kind": .text("cells"), "label": .text(label), "rows": JSON(rows),
      "columns": JSON(columns),
      "panels": .list(
        panels.map { panel in
          .members([
            "title": .text(panel.title), "values": .list(panel.values.map { JSON($0) }),
          ])
        }),
    ])
  }
}
