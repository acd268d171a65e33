import Wording

/// One axis of a figure.
package struct Axis: Equatable, Sendable {
  /// How values are spread along an axis.
  package enum Scale: Equatable, Sendable {
    /// Equal differences are equally long.
    case linear
    /// Equal ratios are equally long; ticks at powers of ten.
    case log10
    /// Equal ratios are equally long; ticks at powers of two.
    case log2
  }

  /// A marked place on an axis.
  package struct Tick: Equatable, Sendable {
    /// Where it stands.
    package var value: Double
    /// What is written there; `""` for a mark alone.
    package var label: String

    /// Makes a tick, labelled by default with the value's three significant digits.
    package init(_ value: Double, label: String? = nil) {
      self.value = value
      self.label = label ?? Format.significant(value)
    }
  }

  /// What the axis shows, with its unit.
  package var label: String
  /// How values are spread.
  package var scale: Scale
  /// The values at both ends; where there is none, all data and ticks with a margin.
  package var range: ClosedRange<Double>?
  /// The ticks; where there are none, round numbers.
  package var ticks: [Tick]?
  /// Whether values fall from left to right, or from bottom to top.
  package var reversed: Bool

  /// Makes an axis.
  package init(
    _ label: String, scale: Scale = .linear, range: ClosedRange<Double>? = nil,
    ticks: [Tick]? = nil, reversed: Bool = false
  ) {
    self.label = label
    self.scale = scale
    self.range = range
    self.ticks = ticks
    self.reversed = reversed
  }

  /// A logarithmic axis that falls from left to right and is marked exactly where there are data.
  ///
  /// The natural axis of density in percent: 51.2, 26.2, 13.4, 6.87, 3.52, 1.8.
  package static func falling(_ label: String, at values: [Double]) -> Axis {
    Axis(
      label, scale: .log10, ticks: Set(values).sorted(by: >).map { Tick($0) }, reversed: true)
  }
}
