import Testing

@testable import Reports

@Suite struct PictureTests {
  let output = """
    <svg width="640" height="300" viewBox="0 0 640 300">
    <title>Gnuplot</title><desc>Produced by GNUPLOT 5.4</desc>
    <g id="gnuplot_canvas">
    <g fill="none" color="black"><g stroke='x'>
    </g></g>
    \t<g id="gnuplot_plot_1" ><title>gnuplot_plot_1</title>
    <path stroke='rgb(  0, 114, 178)' class="gridline" d='M0,0'/>  \n    <text font-family="sans-serif:Bold" fill="rgb(31,35,40)">a</text>
    </g></g>
    </svg>
    """

  @Test func tidiesGnuplotsOutput() throws {
    let picture = try #require(Picture(output)).rendered(title: "A & B", alternative: "<x>")
    #expect(
      picture == """
        <?xml version="1.0" encoding="utf-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
        width="640" height="300" viewBox="0 0 640 300" role="img" \
        aria-labelledby="title description">
        <title id="title">A &amp; B</title>
        <desc id="description">&lt;x&gt;</desc>
        <style>
        @media (prefers-color-scheme: dark) {
        [stroke="#1f2328"] { stroke: #e6edf3 }
        [fill="#1f2328"] { fill: #e6edf3 }
        [color="#1f2328"] { color: #e6edf3 }
        [stroke="#0072b2"] { stroke: #3d9bd9 }
        [fill="#0072b2"] { fill: #3d9bd9 }
        [color="#0072b2"] { color: #3d9bd9 }
        }
        </style>
        <g>
        \t<g>
        <path stroke="#0072b2" class="gridline" d='M0,0'/>
            <text font-family="sans-serif" font-weight="bold" fill="#1f2328">a</text>
        </g></g>
        </svg>

        """)
  }

  @Test func refusesWhatIsNoWholeDrawing() {
    #expect(Picture("") == nil)
    #expect(Picture(output.replacing("</svg>", with: "")) == nil)
    #expect(Picture(output.replacing("gnuplot_canvas", with: "canvas")) == nil)
  }
}
