import Testing

@testable import Reports

@Suite struct SVGTests {
  private var canvas: Canvas {
    var canvas = Canvas(width: 200, height: 100.5)
    canvas.draw([
      .lines([[.init(10, 20), .init(60, 20)]], .line, width: 1.4, dash: [5, 4]),
      .areas([[.init(0, 0), .init(10, 0), .init(10, 10)]], .blue, opacity: 0.18),
      .markers([.init(30, 20)], .circle, .blue),
    ])
    canvas.text("left", x: 10, y: 20)
    canvas.text("right & <b>", x: 190.005, y: 30, .right)
    canvas.text("below", x: 190, y: 50, .right)
    canvas.text("bold", x: 10, y: 70, bold: true)
    canvas.text("green", x: 10, y: 90, ink: .green)
    canvas.text("turned", x: 18, y: 50, .center, degrees: 90)
    return canvas
  }

  @Test func writesTheWholeFile() {
    #expect(
      SVG(canvas).rendered(title: "A & B", alternative: "<x>") == """
        <?xml version="1.0" encoding="utf-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="200" height="100.5" \
        viewBox="0 0 200 100.5" role="img" aria-labelledby="title description">
        <title id="title">A &amp; B</title>
        <desc id="description">&lt;x&gt;</desc>
        <style>
        @media (prefers-color-scheme: dark) {
        [fill="#1f2328"] { fill: #e6edf3 }
        [fill="#0072b2"] { fill: #3d9bd9 }
        [fill="#009e73"] { fill: #12b586 }
        [stroke="#6e7781"] { stroke: #8b949e }
        }
        </style>
        <g fill="none" stroke-linejoin="round">
        <path stroke="#6e7781" stroke-width="1.4" stroke-dasharray="3.5 2.8" d="M10 20h50"/>
        <path fill="#0072b2" fill-opacity=".18" d="M0 0h10v10z"/>
        <path fill="#0072b2" d="M26.7 20a3.3 3.3 0 1 0 6.6 0 3.3 3.3 0 1 0-6.6 0z"/>
        </g>
        <g fill="#1f2328" font-family="sans-serif" font-size="13">
        <text x="10" y="24.23">left</text>
        <g text-anchor="end">
        <text x="190.01" y="34.23">right &amp; &lt;b&gt;</text>
        <text x="190" y="54.23">below</text>
        </g>
        <g font-weight="bold">
        <text x="10" y="74.23">bold</text>
        </g>
        <g fill="#009e73">
        <text x="10" y="94.23">green</text>
        </g>
        <g text-anchor="middle">
        <text transform="translate(18 50) rotate(-90)" y="4.23">turned</text>
        </g>
        </g>
        </svg>

        """)
  }

  @Test func axesAreSharp() throws {
    var canvas = Canvas(width: 100, height: 100)
    let ruler = try Ruler(Axis("", range: 0...1, ticks: []), covering: [], figure: "F")
    canvas.panel(Frame(left: 10, top: 10, right: 90, bottom: 90), x: ruler, y: ruler, [])
    let text = SVG(canvas).rendered(title: "", alternative: "")
    let axis = "<path stroke=\"#6e7781\" shape-rendering=\"crispEdges\" d=\"M10 90h80\"/>"
    #expect(text.contains(axis))
  }

  @Test func textsWithoutPlaceOrWordsAreLeftOut() {
    var canvas = Canvas(width: 100, height: 100)
    canvas.text("", x: 1, y: 1)
    canvas.text("a", x: .nan, y: 1)
    #expect(canvas.texts.isEmpty)
  }
}
