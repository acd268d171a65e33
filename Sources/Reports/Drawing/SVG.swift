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
    """
    <?xml version="1.0" encoding="utf-8"?>
    \(element(title: title, alternative: alternative, style: style))

    """
  }

  /// The element within a page that has the dark colours of all its figures; what begins with `prefix` identifies its
  /// parts there.
  func inlined(title: String, alternative: String, prefix: String) -> String {
    element(title: title, alternative: alternative, prefix: prefix)
  }

  /// The element, with a `style` of its own where it is to have one.
  private func element(
    title: String, alternative: String, prefix: String = "", style: String = ""
  ) -> String {
    let size = (PathData.number(canvas.width), PathData.number(canvas.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size.0)" height="\(size.1)" \
      viewBox="0 0 \(size.0) \(size.1)" role="img" aria-labelledby="\(prefix)title \(prefix)description">
      <title id="\(prefix)title">\(XML.escaped(title))</title>
      <desc id="\(prefix)description">\(XML.escaped(alternative))</desc>
      \(style)<g fill="none" stroke-linejoin="round">
      \(shapes.map(Self.path).joined(separator: "\n"))
      </g>
      <g fill="\(Ink.text.light)" font-family="sans-serif" font-size="\(PathData.number(Layout.fontSize))">
      \(texts)
      </g>
      </svg>
      """
  }

  private var style: String {
    """
    <style>
    @media (prefers-color-scheme: dark) {
    \(darkRules)
    }
    </style>

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
    return Ink.darkRules(filled: filled, stroked: stroked)
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
