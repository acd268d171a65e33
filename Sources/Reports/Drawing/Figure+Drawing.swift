extension Figure {
  /// The figure as the text of an SVG file, legible on light and on dark backgrounds.
  ///
  /// The same figure gives the same bytes.
  package func svg() throws(ReportsError) -> String {
    SVG(try canvas()).rendered(title: title, alternative: alternative)
  }

  /// The figure as an element within a page that has the dark colours; what begins with `prefix` identifies its parts.
  func inlinedSVG(prefix: String) throws(ReportsError) -> String {
    SVG(try canvas()).inlined(title: title, alternative: alternative, prefix: prefix)
  }

  /// The figure laid out.
  func canvas() throws(ReportsError) -> Canvas {
    switch drawing {
    case .lines(let chart): try chart.canvas(figure: title)
    case .bars(let chart): try chart.canvas(figure: title)
    case .contours(let map): try map.canvas(figure: title)
    case .cells(let map): try map.canvas(figure: title)
    }
  }
}
