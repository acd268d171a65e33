@testable import Reports

extension Canvas.Layer {
  /// The places of a layer: line by line, polygon by polygon, or all markers' as one.
  var places: [[Position]] {
    switch self {
    case .lines(let lines, _, _, _): lines.filter { !$0.isEmpty }
    case .markers(let places, _, _, _): [places]
    case .areas(let polygons, _, _, _): polygons
    }
  }
}
