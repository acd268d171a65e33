import Foundation

extension Look.Marker {
  /// The circle's radius in pixels.
  static let radius = 3.3

  /// The outline around a place: a circle, or the regular polygon of the same area.
  func outline(at place: Position) -> Shape.Outline {
    guard let (corners, turn) = polygon else { return .circle(place, radius: Self.radius) }
    let step = 2 * Double.pi / Double(corners)
    let reach = Self.radius * (step / sin(step)).squareRoot()
    return .polygon(
      (0..<corners).map { index in
        let angle = (turn + Double(index)) * step
        return Position(place.x + reach * sin(angle), place.y - reach * cos(angle))
      })
  }

  /// The number of corners, and the way of the first from the top to the next; none for the circle.
  private var polygon: (corners: Int, turn: Double)? {
    switch self {
    case .circle: nil
    case .square: (4, 0.5)
    case .triangle: (3, 0)
    case .diamond: (4, 0)
    case .invertedTriangle: (3, 0.5)
    case .pentagon: (5, 0)
    }
  }
}
