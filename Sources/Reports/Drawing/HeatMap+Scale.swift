import Foundation
import Wording

extension HeatMap.Scale {
  static let boxWidth = 16.0

  /// Colours from the lowest band to the highest.
  var inks: [Ink] { (0..<below).reversed().map(ink(below:)) + (0..<above).map(ink(above:)) }

  /// The colour of a band above zero, counted from there.
  func ink(above band: Int) -> Ink { Ink.levels[place(of: band)] }

  /// The colour of a band below zero, counted from there.
  func ink(below band: Int) -> Ink { Ink.depths[place(of: band)] }

  /// Few bands are spread over all colours, by the same measure above and below zero.
  private func place(of band: Int) -> Int {
    let last = max(above, below) - 1
    return last > 0 ? (band * (Ink.levels.count - 1) + last / 2) / last : 0
  }

  /// The values between the bands, and at both ends.
  var labels: [String] { (-below...above).map { Format.significant(Double($0) * step) } }

  /// A value as it stands in a cell.
  func text(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return Format.number(value, digits: digits)
  }

  /// Decimals that tell values apart within a band: 0.38 where bands are 0.05, 0.1 or 0.2 high.
  private var digits: Int { step < 1 ? Int((1.35 - log10(step)).rounded(.down)) : 0 }

  /// Boxes of the bands' colours from the lowest up, with the values between them.
  func draw(_ frame: Frame, on canvas: inout Canvas) {
    let inks = inks
    let height = frame.height / Double(inks.count)
    for (index, label) in labels.enumerated() {
      let bottom = frame.bottom - Double(index) * height
      canvas.text(label, x: frame.right + 6, y: bottom)
      guard index < inks.count else { continue }
      // Up to the top, where the next ones cover it: between boxes side by side the ground would shine through.
      canvas.draw([
        .areas(
          [
            [
              .init(frame.left, bottom), .init(frame.left, frame.top),
              .init(frame.right, frame.top), .init(frame.right, bottom),
            ]
          ], inks[index])
      ])
    }
  }
}
