/// Something drawn in one paint, in pixels from the upper left corner.
struct Shape: Equatable {
  enum Outline: Equatable {
    /// A line through places; closed where its ends meet.
    case line([Position])
    case polygon([Position])
    case circle(Position, radius: Double)
  }

  enum Paint: Equatable {
    case fill(Ink, opacity: Double = 1)
    /// A level or upright line of one pixel, which screens show without blur.
    case hairline(Ink)
    /// `dash` is the lengths of strokes and gaps in pixels; none for a solid line.
    case stroke(Ink, width: Double, dash: [Double] = [])
  }

  var paint: Paint
  var outlines: [Outline]

  /// Shapes of one paint made one, for shapes that lie beside each other.
  static func joined(_ shapes: [Shape]) -> [Shape] {
    shapes.reduce(into: []) { joined, shape in
      if let index = joined.firstIndex(where: { $0.paint == shape.paint }) {
        joined[index].outlines += shape.outlines
      } else {
        joined.append(shape)
      }
    }
  }
}
