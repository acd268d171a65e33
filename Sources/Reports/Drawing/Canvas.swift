/// A figure laid out: panels with what they show in their own units, and text and samples around them.
///
/// Positions of panels, texts and samples are pixels from the upper left corner.
struct Canvas: Equatable {
  /// What is drawn, one upon the other.
  ///
  /// `dash` is the lengths of strokes and gaps in halves of the line's width.
  enum Layer: Equatable {
    /// Separate lines, each through its positions.
    case lines([[Position]], Ink, width: Double, dash: [Int] = [])
    /// Markers; a hollow one shows what is behind it.
    case markers([Position], Look.Marker, Ink, hollow: Bool = false)
    /// Filled polygons that lie beside each other, or inside as holes that run the other way round.
    case areas([[Position]], Ink, opacity: Double = 1, outlined: Bool = false)
  }

  enum Alignment: String {
    case left = "start"
    case center = "middle"
    case right = "end"
  }

  /// Which parts of a panel's axes are drawn.
  struct Axes: Equatable {
    var xLabels = true
    var yLabels = true
    var xGrid = false
    var yGrid = true
    var xRotated = false
    /// How far in pixels the horizontal axis lies below the frame, which leaves a strip for words.
    var strip = 0.0
  }

  struct Panel: Equatable {
    var frame: Frame
    var x: Ruler
    var y: Ruler
    var axes: Axes
    var layers: [Layer]
  }

  /// A line of text whose middle is at `place`, turned against the clock.
  struct Text: Equatable {
    var text: String
    var place: Position
    var alignment = Alignment.left
    var isBold = false
    var degrees = 0
    var ink = Ink.text
  }

  /// The degrees by which labels are turned that would not fit beside each other.
  static let tilt = 40

  let width: Double
  let height: Double
  private(set) var panels: [Panel] = []
  private(set) var surroundings: [Layer] = []
  private(set) var texts: [Text] = []

  /// Writes a text whose middle line is at `y`.
  mutating func text(
    _ text: String, x: Double, y: Double, _ alignment: Alignment = .left, bold: Bool = false,
    degrees: Int = 0, ink: Ink = .text
  ) {
    let place = Position(x, y)
    guard !text.isEmpty, place.isFinite else { return }
    let flat = String(text.map { $0.isNewline ? " " : $0 })
    texts.append(
      Text(
        text: flat, place: place, alignment: alignment, isBold: bold, degrees: degrees, ink: ink))
  }

  /// Draws outside of the panels, in pixels.
  mutating func draw(_ layers: [Layer]) {
    surroundings += layers
  }

  /// Draws a panel with its axes.
  mutating func panel(
    _ frame: Frame, x: Ruler, y: Ruler, axes: Axes = Axes(), _ layers: [Layer]
  ) {
    let panel = Panel(frame: frame, x: x, y: y, axes: axes, layers: layers)
    panels.append(panel)
    for tick in axes.xLabels ? panel.xTicks : [] {
      if axes.xRotated {
        text(tick.label, x: tick.place + 5, y: panel.axisPlace + 10, .right, degrees: Self.tilt)
      } else {
        text(tick.label, x: tick.place, y: panel.axisPlace + 15, .center)
      }
    }
    for tick in axes.yLabels ? panel.yTicks : [] {
      text(tick.label, x: frame.left - 8, y: tick.place, .right)
    }
  }
}

extension Canvas.Panel {
  typealias Tick = (place: Double, label: String)

  /// Where the horizontal axis is, in pixels from the top.
  var axisPlace: Double { frame.bottom + axes.strip }

  /// The horizontal axis' ticks with their pixels from the left.
  var xTicks: [Tick] {
    shown(x).map { (frame.left + x.fraction(of: $0.value) * frame.width, $0.label) }
  }

  /// The vertical axis' ticks with their pixels from the top.
  var yTicks: [Tick] {
    shown(y).map { (frame.bottom - y.fraction(of: $0.value) * frame.height, $0.label) }
  }

  private func shown(_ ruler: Ruler) -> [Axis.Tick] {
    ruler.ticks.filter { (0...1).contains(ruler.fraction(of: $0.value)) }
  }

  /// A place in the panel's units as one on the canvas.
  func pixels(_ place: Position) -> Position {
    Position(
      frame.left + x.fraction(of: place.x) * frame.width,
      frame.bottom - y.fraction(of: place.y) * frame.height)
  }
}
