import Foundation
import Wording

/// An axis with its range and ticks settled.
struct Ruler: Equatable {
  let scale: Axis.Scale
  let low: Double
  let high: Double
  let reversed: Bool
  private(set) var ticks: [Axis.Tick]

  /// Settles an axis for all values that it must show.
  ///
  /// `padding` is the margin beyond the data at the low and the high end, as a part of their range.
  init(
    _ axis: Axis, covering values: [Double], padding: (low: Double, high: Double) = (0.05, 0.05),
    figure: String
  ) throws(ReportsError) {
    scale = axis.scale
    reversed = axis.reversed
    let ends = axis.range.map { [$0.lowerBound, $0.upperBound] }
    let shown = (ends ?? values + (axis.ticks ?? []).map(\.value)).filter(\.isFinite)
    if axis.scale != .linear,
      let wrong = (values + shown + (axis.ticks ?? []).map(\.value)).first(where: { $0 <= 0 })
    {
      throw .notPositive(figure: figure, axis: axis.label, value: wrong)
    }
    let places = shown.map { Self.place($0, axis.scale) }
    guard var first = places.min(), var last = places.max() else {
      throw .nothingToDraw(figure: figure, axis: axis.label)
    }
    if first == last {
      first -= 0.5
      last += 0.5
    } else if axis.range == nil {
      let span = last - first
      first -= padding.low * span
      last += padding.high * span
    }
    low = Self.value(first, axis.scale)
    high = Self.value(last, axis.scale)
    ticks = axis.ticks ?? Self.roundTicks(low, high, axis.scale)
  }

  /// Where a value stands between the left (bottom) end, 0, and the right (top) end, 1.
  func fraction(of value: Double) -> Double {
    let first = Self.place(low, scale)
    let part = (Self.place(value, scale) - first) / (Self.place(high, scale) - first)
    return reversed ? 1 - part : part
  }

  /// The value at a fraction of the axis.
  func value(at fraction: Double) -> Double {
    let first = Self.place(low, scale)
    let part = reversed ? 1 - fraction : fraction
    return Self.value(first + part * (Self.place(high, scale) - first), scale)
  }

  /// The ruler without those labels that would run into the one before them.
  func thinned(to pixels: Double) -> Ruler {
    var thinned = self
    var free = -Double.infinity
    thinned.ticks = ticks.sorted { fraction(of: $0.value) < fraction(of: $1.value) }.map { tick in
      let half = Layout.width(tick.label) / 2
      let center = fraction(of: tick.value) * pixels
      guard center - half >= free else { return Axis.Tick(tick.value, label: "") }
      free = center + half + 5
      return tick
    }
    return thinned
  }

  private static func place(_ value: Double, _ scale: Axis.Scale) -> Double {
    switch scale {
    case .linear: value
    case .log10: log10(value)
    case .log2: log2(value)
    }
  }

  private static func value(_ place: Double, _ scale: Axis.Scale) -> Double {
    switch scale {
    case .linear: place
    case .log10: pow(10, place)
    case .log2: exp2(place)
    }
  }

  private static func roundTicks(_ low: Double, _ high: Double, _ scale: Axis.Scale) -> [Axis.Tick]
  {
    let first = place(low, scale)
    let last = place(high, scale)
    switch scale {
    case .linear:
      return linearTicks(low, high)
    case .log10 where last - first < 2:
      let candidates = (Int(first.rounded(.down))...Int(last.rounded(.up)))
        .flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
      let inside = candidates.filter { low <= $0 && $0 <= high }
      return inside.count < 2 ? linearTicks(low, high) : inside.map { Axis.Tick($0) }
    case .log10, .log2:
      let powers = Int(first.rounded(.up))...max(Int(first.rounded(.up)), Int(last.rounded(.down)))
      guard scale == .log10, powers.contains(where: { !(-3...4).contains($0) }) else {
        return powers.map { Axis.Tick(value(Double($0), scale)) }
      }
      return powers.map { Axis.Tick(value(Double($0), scale), label: "10" + superscript($0)) }
    }
  }

  /// A whole number as an exponent: 7 is `⁷`.
  private static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (number < 0 ? "⁻" : "")
      + String(String(number.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }

  /// Ticks at multiples of 1, 2 or 5 times a power of ten, four to eight of them.
  private static func linearTicks(_ low: Double, _ high: Double) -> [Axis.Tick] {
    let target = (high - low) / 6
    // Beyond the range of numbers there are no round ones.
    guard target.isNormal, low.isFinite, high.isFinite else { return [] }
    let power = pow(10, log10(target).rounded(.down))
    let step = power * ([1, 2, 5].first { $0 * power >= target * 0.8 } ?? 10)
    let digits = max(0, -Int(log10(step * 1.000001).rounded(.down)))
    let first = Int((low / step - 1e-9).rounded(.up))
    let last = Int((high / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { index in
      let value = Double(index) * step
      return Axis.Tick(value, label: Format.number(value, digits: digits))
    }
  }
}
