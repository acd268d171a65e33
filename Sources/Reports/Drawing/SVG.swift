/// A canvas as the text of an SVG file.
///
/// Colours are attributes, so that a viewer without style sheets shows the light figure, and one style rule for
/// each gives the dark one. The background is transparent. Numbers do not depend on the locale.
struct SVG {
  private let canvas: Canvas
  private let shapes: [Shape]

  init(_ canvas: Canvas) {
    self.canvas = canvas
    shapes = canvas.shapes
  }

  /// The file's text, with its accessible name and description.
  func rendered(title: String, alternative: String) -> String {
    let size = (PathData.number(canvas.width), PathData.number(canvas.height))
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size.0)" height="\(size.1)" \
      viewBox="0 0 \(size.0) \(size.1)" role="img" aria-labelledby="title description">
      <title id="title">\(XML.escaped(title))</title>
      <desc id="description">\(XML.escaped(alternative))</desc>
      <style>
      @media (prefers-color-scheme: dark) {
      \(darkRules)
      }
      </style>
      <g fill="none" stroke-linejoin="round">
      \(shapes.map(Self.path).joined(separator: "\n"))
      </g>
      <g fill="\(Ink.text.light)" font-family="sans-serif" font-size="\(PathData.number(Layout.fontSize))">
      \(texts)
      </g>
      </svg>

      """
  }

  private var darkRules: String {
    var (filled, stroked) = (Set(canvas.texts.map(\.ink) + [Ink.text]), Set<Ink>())
    for shape in shapes {
      switch shape.paint {
      case .fill(let ink, _): filled.insert(ink)
      case .hairline(let ink), .stroke(let ink, _, _): stroked.insert(ink)
      }
    }
    return [("fill", filled), ("stroke", stroked)].flatMap { attribute, inks in
      Ink.all.filter(inks.contains).map {
        "[\(attribute)=\"\($0.light)\"] { \(attribute): \($0.dark) }"
      }
    }.joined(separator: "\n")
  }

  private static func path(_ shape: Shape) -> String {
    let paint =
      switch shape.paint {
      case .fill(let ink, let opacity):
        "fill=\"\(ink.light)\""
          + (opacity < 1 ? " fill-opacity=\"\(PathData.number(opacity))\"" : "")
      case .hairline(let ink):
        "stroke=\"\(ink.light)\" shape-rendering=\"crispEdges\""
      case .stroke(let ink, let width, let dash):
        "stroke=\"\(ink.light)\""
          + (width == 1 ? "" : " stroke-width=\"\(PathData.number(width))\"")
          + (dash.isEmpty
            ? ""
            : " stroke-dasharray=\"\(dash.map { PathData.number($0) }.joined(separator: " "))\"")
      }
    return "<path \(paint) d=\"\(PathData(shape.outlines).text)\"/>"
  }

  /// Texts in their order, those of one style in a row as a group.
  private var texts: String {
    var lines: [String] = []
    var style = ""
    for text in canvas.texts {
      let next =
        (text.alignment == .left ? "" : " text-anchor=\"\(text.alignment.rawValue)\"")
        + (text.isBold ? " font-weight=\"bold\"" : "")
        + (text.ink == .text ? "" : " fill=\"\(text.ink.light)\"")
      if next != style {
        lines += (style.isEmpty ? [] : ["</g>"]) + (next.isEmpty ? [] : ["<g\(next)>"])
        style = next
      }
      lines.append(Self.element(text))
    }
    return (lines + (style.isEmpty ? [] : ["</g>"])).joined(separator: "\n")
  }

  private static func element(_ text: Canvas.Text) -> String {
    let (x, y) = (text.place.x, text.place.y)
    // Where the middle of letters is, renderers disagree; where their baseline is, they do not.
    let place =
      text.degrees == 0
      ? "x=\"\(PathData.number(x))\" y=\"\(PathData.number(y + Layout.baseline))\""
      : "transform=\"translate(\(PathData.number(x)) \(PathData.number(y))) rotate(\(-text.degrees))\" "
        + "y=\"\(PathData.number(Layout.baseline))\""
    return "<text \(place)>\(XML.escaped(text.text))</text>"
  }
}
