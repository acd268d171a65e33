import Foundation

/// A gnuplot script under construction: panels with data and axes, and text and samples around them.
///
/// Positions of panels and texts are pixels from the upper left corner. Numbers, texts and colours are
/// written into the script, which reads no file and no setting from elsewhere.
struct Canvas {
  /// One x, y pair in the units of its panel.
  struct Position: Equatable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// What is drawn in a panel, one upon the other.
  enum Layer: Equatable {
    /// Separate lines, each through its positions.
    case lines([[Position]], Ink, width: Double, dash: [Int] = [])
    /// Markers; a hollow one shows what is behind it.
    case markers([Position], Look.Marker, Ink, hollow: Bool = false)
    /// A filled polygon with or without an outline.
    case area([Position], Ink, opacity: Double = 1, outlined: Bool = false)
    /// Filled polygons of one colour without seams between them.
    case areas([[Position]], Ink)
  }

  enum Alignment: String {
    case left
    case center
    case right
  }

  /// Which parts of a panel's axes are drawn.
  struct Axes {
    var xLabels = true
    var yLabels = true
    var xGrid = false
    var yGrid = true
    var xRotated = false
  }

  /// The degrees by which labels are turned that would not fit beside each other.
  static let tilt = 40

  let width: Double
  let height: Double
  private var commands: [String] = []
  private var texts: [String] = []
  private var surroundings: [Layer] = []
  private var blocks = 0

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// Writes a text whose middle line is at `y`.
  mutating func text(
    _ text: String, x: Double, y: Double, _ alignment: Alignment = .left, bold: Bool = false,
    degrees: Int = 0, ink: Ink = .text
  ) {
    guard !text.isEmpty else { return }
    let font = "sans-serif\(bold ? ":Bold" : ""),\(Int(Layout.fontSize))"
    texts.append(
      "set label \(quoted(text)) at screen \(part(x, width)), screen \(part(height - y, height)) "
        + "\(alignment.rawValue)\(degrees == 0 ? "" : " rotate by \(degrees)") noenhanced front "
        + "font '\(font)' textcolor rgb '\(ink.light)'")
  }

  /// Draws outside of the panels, in pixels.
  mutating func draw(_ layers: [Layer]) {
    surroundings += layers
  }

  /// Draws a panel with its axes.
  mutating func panel(
    _ frame: Frame, x: Ruler, y: Ruler, axes: Axes = Axes(), _ layers: [Layer]
  ) {
    place(frame)
    range("x", x)
    range("y", y)
    commands.append("set border 1 \(stroke(.line, 1))")
    commands.append("set xtics nomirror out scale 0.5 \(marks(x))")
    commands.append("set ytics nomirror out scale 0 \(marks(y))")
    // An empty list of ticks would mean gnuplot's own.
    for (axis, ruler) in [("x", x), ("y", y)] where ruler.ticks.isEmpty {
      commands.append("unset \(axis)tics")
    }
    commands.append("unset grid")
    for (axis, shown) in [("x", axes.xGrid), ("y", axes.yGrid)] where shown {
      commands.append("set grid \(axis)tics back \(stroke(.grid, 1))")
    }
    plot(layers)
    label(frame, x: x, y: y, axes)
  }

  /// The whole script.
  var script: String {
    var last = self
    last.place(Frame(left: 0, top: 0, right: width, bottom: height))
    last.commands += [
      "unset logscale", "set xrange [0:\(number(width))]", "set yrange [\(number(height)):0]",
      "unset border", "unset tics", "unset grid",
    ]
    last.commands += texts
    last.plot(surroundings)
    let size = "\(Int(width)),\(Int(height))"
    let head = [
      "set encoding utf8",
      "set terminal svg fixed size \(size) noenhanced font 'sans-serif,\(Int(Layout.fontSize))'",
      "unset key", "set clip two", "set style fill solid 1 noborder",
      "set multiplot",
    ]
    return (head + last.commands + ["unset multiplot", ""]).joined(separator: "\n")
  }

  private mutating func place(_ frame: Frame) {
    commands += [
      "set lmargin at screen \(part(frame.left, width))",
      "set rmargin at screen \(part(frame.right, width))",
      "set tmargin at screen \(part(height - frame.top, height))",
      "set bmargin at screen \(part(height - frame.bottom, height))",
    ]
  }

  private mutating func range(_ axis: String, _ ruler: Ruler) {
    let ends = ruler.reversed ? (ruler.high, ruler.low) : (ruler.low, ruler.high)
    switch ruler.scale {
    case .linear: commands.append("unset logscale \(axis)")
    case .log10: commands.append("set logscale \(axis) 10")
    case .log2: commands.append("set logscale \(axis) 2")
    }
    commands.append("set \(axis)range [\(number(ends.0)):\(number(ends.1))]")
  }

  private mutating func plot(_ layers: [Layer]) {
    let parts = layers.compactMap { part(of: $0) }
    // A panel without data is still drawn, for its axes and texts.
    commands.append("plot " + (parts.isEmpty ? "NaN notitle" : parts.joined(separator: ", \\\n  ")))
  }

  private mutating func part(of layer: Layer) -> String? {
    switch layer {
    case .lines(let lines, let ink, let width, let dash):
      guard let data = block(lines) else { return nil }
      return "\(data) with lines \(stroke(ink, width, dash))"
    case .markers(let positions, let marker, let ink, let hollow):
      guard let data = block([positions]) else { return nil }
      let size = number((0.62 * marker.scale * 100).rounded() / 100)
      // In gnuplot each filled shape's code follows the hollow one's.
      let code = marker.rawValue - (hollow ? 1 : 0)
      return "\(data) with points pt \(code) ps \(size) \(stroke(ink, hollow ? 1.6 : 1))"
    case .area(let positions, let ink, let opacity, let outlined):
      guard let data = block([positions]) else { return nil }
      let border = outlined ? "border rgb '\(ink.light)'" : "noborder"
      return "\(data) with filledcurves closed fc rgb '\(ink.light)' "
        + "fs transparent solid \(number(opacity)) \(border) lw 1.2"
    case .areas(let polygons, let ink):
      guard let data = block(polygons) else { return nil }
      return "\(data) with filledcurves closed fc rgb '\(ink.light)' "
        + "fs solid 1 border rgb '\(ink.light)' lw 0.5"
    }
  }

  private mutating func block(_ lines: [[Position]]) -> String? {
    let filled = lines.filter { !$0.isEmpty }
    guard !filled.isEmpty else { return nil }
    blocks += 1
    let rows = filled.map { $0.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "\n") }
    // Data blocks are defined between plots, and a blank line ends a line without joining the next.
    commands.append("$data\(blocks) << EOD\n\(rows.joined(separator: "\n\n"))\nEOD")
    return "$data\(blocks) using 1:2"
  }

  private func marks(_ ruler: Ruler) -> String {
    "(\(ruler.ticks.map { "'' \(number($0.value))" }.joined(separator: ", ")))"
  }

  // Not left to gnuplot, which takes labels of ticks for formats and cuts them after fifty bytes.
  private mutating func label(_ frame: Frame, x: Ruler, y: Ruler, _ axes: Axes) {
    for tick in axes.xLabels ? x.ticks : [] where (0...1).contains(x.fraction(of: tick.value)) {
      let place = frame.left + x.fraction(of: tick.value) * frame.width
      if axes.xRotated {
        text(tick.label, x: place + 5, y: frame.bottom + 10, .right, degrees: Self.tilt)
      } else {
        text(tick.label, x: place, y: frame.bottom + 15, .center)
      }
    }
    for tick in axes.yLabels ? y.ticks : [] where (0...1).contains(y.fraction(of: tick.value)) {
      let place = frame.bottom - y.fraction(of: tick.value) * frame.height
      text(tick.label, x: frame.left - 8, y: place, .right)
    }
  }

  private func stroke(_ ink: Ink, _ width: Double, _ dash: [Int] = []) -> String {
    let pattern = dash.isEmpty ? "solid" : "(\(dash.map(String.init).joined(separator: ",")))"
    return "lt 1 lw \(number(width)) dt \(pattern) lc rgb '\(ink.light)'"
  }

  /// A text as gnuplot's string.
  ///
  /// Between single quotes gnuplot looks for quotes and macros all the same, so that a text with a mark that
  /// might mean something stands between double quotes, with a code of four octal digits for every mark.
  private func quoted(_ text: String) -> String {
    let flat = XML.legal(String(text.map { $0.isNewline ? " " : $0 }))
    guard flat.contains(where: Self.marks.contains) else { return "'\(flat)'" }
    let codes = flat.unicodeScalars.map { scalar in
      let isPlain = !scalar.isASCII || scalar == " " || Character(scalar).isLetter
      return isPlain || Character(scalar).isNumber
        ? String(scalar) : "\\0" + String(format: "%03o", scalar.value)
    }
    return "\"" + codes.joined() + "\""
  }

  /// What gnuplot may take for more than a character of a text.
  private static let marks = Set("'\"`@$\\{}#")

  private func part(_ length: Double, _ whole: Double) -> String {
    String(format: "%.6f", length / whole)
  }

  private func number(_ value: Double) -> String {
    // The shortest digits that give the same number back, whatever the locale.
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
