/// Lines over a common axis, in one panel or in a grid of panels with one legend.
package struct LineChart: Equatable, Sendable {
  /// One point of a series.
  package struct Point: Equatable, Sendable {
    /// The position along the horizontal axis.
    package var x: Double
    /// The value; where it is missing or not finite, the line has a gap.
    package var y: Double?
    /// The interval's lower end.
    package var lower: Double?
    /// The interval's upper end.
    package var upper: Double?

    /// Makes a point, with or without an interval.
    package init(_ x: Double, _ y: Double?, lower: Double? = nil, upper: Double? = nil) {
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
    }
  }

  /// How the intervals of a series are drawn.
  package enum Intervals: Equatable, Sendable {
    /// One upright line through every point.
    case bars
    /// A shaded band along the line.
    case band
    /// Not at all.
    case hidden
  }

  /// A named sequence of points.
  ///
  /// Series of one name look alike in all panels.
  package struct Series: Equatable, Sendable {
    /// The name in the legend.
    package var name: String
    /// The points in the order in which the line joins them.
    package var points: [Point]
    /// How intervals are drawn.
    package var intervals: Intervals

    /// Makes a series.
    package init(_ name: String, _ points: [Point], intervals: Intervals = .bars) {
      self.name = name
      self.points = points
      self.intervals = intervals
    }
  }

  /// A horizontal line across all panels, such as the accuracy of the dense network or of chance.
  package struct Reference: Equatable, Sendable {
    /// The name in the legend.
    package var name: String
    /// Where it stands on the vertical axis.
    package var y: Double

    /// Makes a reference line.
    package init(_ name: String, y: Double) {
      self.name = name
      self.y = y
    }
  }

  /// A shaded range of the vertical axis across all panels, such as a margin.
  package struct Band: Equatable, Sendable {
    /// The name in the legend.
    package var name: String
    /// Its values.
    package var range: ClosedRange<Double>

    /// Makes a band.
    package init(_ name: String, _ range: ClosedRange<Double>) {
      self.name = name
      self.range = range
    }
  }

  /// One set of lines among several that share axes and legend.
  package struct Panel: Equatable, Sendable {
    /// What stands above the panel; `""` for nothing.
    package var title: String
    /// The lines; later ones are drawn on top.
    package var series: [Series]

    /// Makes a panel.
    package init(_ title: String, _ series: [Series]) {
      self.title = title
      self.series = series
    }
  }

  /// Whether any line has a point with a value; a chart without one has no vertical axis.
  package var hasPoints: Bool {
    panels.contains { panel in
      panel.series.contains { $0.points.contains { $0.y?.isFinite == true } }
    }
  }

  /// The panels, row by row.
  package var panels: [Panel]
  /// The horizontal axis of all panels.
  package var x: Axis
  /// The vertical axis of all panels. Points beyond its range, where it has one, are told by an arrow at its end
  /// and their value.
  package var y: Axis
  /// Horizontal lines in all panels.
  package var references: [Reference]
  /// A shaded range in all panels.
  package var band: Band?
  /// Whether points of different series at one position stand side by side instead of overlapping.
  package var dodged: Bool

  /// Makes a line chart.
  package init(
    panels: [Panel], x: Axis, y: Axis, references: [Reference] = [], band: Band? = nil,
    dodged: Bool = false
  ) {
    self.panels = panels
    self.x = x
    self.y = y
    self.references = references
    self.band = band
    self.dodged = dodged
  }

  /// Makes a line chart of one panel.
  package init(
    _ series: [Series], x: Axis, y: Axis, references: [Reference] = [], dodged: Bool = false
  ) {
    self.init(panels: [Panel("", series)], x: x, y: y, references: references, dodged: dodged)
  }
}
