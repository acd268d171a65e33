/// Outlines as the data of an SVG path, in whole hundredths of a pixel.
///
/// Places are rounded before their differences are taken, so that errors do not add up along a path.
///
/// Reference: Scalable Vector Graphics 2, section 9.3.
struct PathData {
  private(set) var text = ""

  init(_ outlines: [Shape.Outline]) {
    for outline in outlines {
      switch outline {
      case .line(let places): line(places.map(Point.init), isPolygon: false)
      case .polygon(let places): line(places.map(Point.init), isPolygon: true)
      case .circle(let center, let radius): circle(Point(center), Self.hundredths(radius))
      }
    }
  }

  /// A number of hundredths with no digit more than it needs.
  static func number(hundredths: Int) -> String {
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    let decimals = rest.isMultiple(of: 10) ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(whole > 0 ? "\(whole)" : "").\(decimals)"
  }

  /// A length with two decimals at most.
  static func number(_ value: Double) -> String {
    number(hundredths: hundredths(value))
  }

  private static func hundredths(_ value: Double) -> Int {
    Int((value * 100).rounded())
  }

  private struct Point: Equatable {
    var x: Int
    var y: Int

    init(_ place: Position) {
      x = PathData.hundredths(place.x)
      y = PathData.hundredths(place.y)
    }
  }

  private mutating func line(_ points: [Point], isPolygon: Bool) {
    var points = Self.straightened(isPolygon ? points + points.prefix(1) : points)
    let isClosed = points.count > 3 && points.first == points.last
    guard isClosed || !isPolygon && points.count > 1 else { return }
    if isClosed { points.removeLast() }
    move(to: points[0])
    var command: Character = "M"
    for (from, to) in zip(points, points.dropFirst()) {
      let (dx, dy) = (to.x - from.x, to.y - from.y)
      let next: Character = dy == 0 ? "h" : dx == 0 ? "v" : "l"
      // A second pair of a slanted line needs no letter, and a minus separates as well as a space.
      if next != "l" || command != "l" { text.append(next) }
      if next == "l", command == "l", dx >= 0 { text += " " }
      command = next
      switch next {
      case "h": text += Self.number(hundredths: dx)
      case "v": text += Self.number(hundredths: dy)
      default: pair(dx, dy)
      }
    }
    if isClosed { text += "z" }
  }

  private mutating func circle(_ center: Point, _ radius: Int) {
    var left = center
    left.x -= radius
    move(to: left)
    let (r, d) = (Self.number(hundredths: radius), Self.number(hundredths: 2 * radius))
    text += "a\(r) \(r) 0 1 0 \(d) 0 \(r) \(r) 0 1 0-\(d) 0z"
  }

  private mutating func move(to point: Point) {
    text += "M"
    pair(point.x, point.y)
  }

  private mutating func pair(_ x: Int, _ y: Int) {
    text += Self.number(hundredths: x) + (y < 0 ? "" : " ") + Self.number(hundredths: y)
  }

  /// The points without those that repeat the one before or lie on a level or upright line between their
  /// neighbours.
  private static func straightened(_ points: [Point]) -> [Point] {
    points.reduce(into: [Point]()) { kept, point in
      if point == kept.last { return }
      if kept.count > 1 {
        let (one, middle) = (kept[kept.count - 2], kept[kept.count - 1])
        let isLevel = one.y == middle.y && middle.y == point.y
        let isUpright = one.x == middle.x && middle.x == point.x
        if isLevel, (middle.x > one.x) == (point.x > middle.x) { kept.removeLast() }
        if isUpright, (middle.y > one.y) == (point.y > middle.y) { kept.removeLast() }
      }
      kept.append(point)
    }
  }
}
