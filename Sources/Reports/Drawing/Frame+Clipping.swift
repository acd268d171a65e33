/// What of a drawing lies inside a frame. Whatever is cut ends on the frame's side exactly.
extension Frame {
  /// Whether a place lies inside or on the border.
  func contains(_ place: Position) -> Bool {
    Side.allCases.allSatisfy { $0.holds(place, self) }
  }

  /// The parts of a line that lie inside; places that are not finite are gaps.
  func clipped(line: [Position]) -> [[Position]] {
    let runs = line.split { !$0.isFinite }.map(Array.init)
    return Side.allCases.reduce(runs) { runs, side in runs.flatMap { side.cut(line: $0, self) } }
  }

  /// The part of a polygon that lies inside; empty where there is none.
  ///
  /// Reference: Sutherland and Hodgman, Reentrant polygon clipping, CACM 17 (1974).
  func clipped(polygon: [Position]) -> [Position] {
    let inside = Side.allCases.reduce(polygon.filter(\.isFinite)) { $1.cut(polygon: $0, self) }
    return inside.count > 2 ? inside : []
  }
}

/// A side of a frame, and what lies on its inner side.
private enum Side: CaseIterable {
  case left
  case right
  case top
  case bottom

  /// Pixels within which a place counts as on the border: what is there belongs to the drawing, whatever
  /// the last bits of its coordinates.
  private static let tolerance = 1e-6

  func holds(_ place: Position, _ frame: Frame) -> Bool {
    depth(place, frame) >= -Self.tolerance
  }

  func cut(line: [Position], _ frame: Frame) -> [[Position]] {
    var runs: [[Position]] = []
    var run: [Position] = []
    for (index, place) in line.enumerated() {
      let isInside = holds(place, frame)
      if index > 0, holds(line[index - 1], frame) != isInside {
        run.append(crossing(line[index - 1], place, frame))
        if !isInside {
          runs.append(run)
          run = []
        }
      }
      if isInside { run.append(place) }
    }
    return runs + (run.isEmpty ? [] : [run])
  }

  func cut(polygon: [Position], _ frame: Frame) -> [Position] {
    polygon.indices.flatMap { index -> [Position] in
      let (one, next) = (polygon[index], polygon[(index + 1) % polygon.count])
      let kept = holds(one, frame) ? [one] : []
      return holds(one, frame) == holds(next, frame) ? kept : kept + [crossing(one, next, frame)]
    }
  }

  private func depth(_ place: Position, _ frame: Frame) -> Double {
    switch self {
    case .left: place.x - frame.left
    case .right: frame.right - place.x
    case .top: place.y - frame.top
    case .bottom: frame.bottom - place.y
    }
  }

  private func crossing(_ one: Position, _ next: Position, _ frame: Frame) -> Position {
    let part = depth(one, frame) / (depth(one, frame) - depth(next, frame))
    let x = one.x + part * (next.x - one.x)
    let y = one.y + part * (next.y - one.y)
    return switch self {
    case .left: Position(frame.left, y)
    case .right: Position(frame.right, y)
    case .top: Position(x, frame.top)
    case .bottom: Position(x, frame.bottom)
    }
  }
}
