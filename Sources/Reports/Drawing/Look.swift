/// How one series differs from the others: by colour, by marker and by dashes.
struct Look: Hashable, Sendable {
  /// The shapes of points, each with its code in gnuplot.
  enum Marker: Int, CaseIterable, Sendable {
    case circle = 7
    case square = 5
    case triangle = 9
    case diamond = 13
    case invertedTriangle = 11
    case pentagon = 15

    /// The factor that gives all shapes about the same area.
    var scale: Double {
      switch self {
      case .circle, .pentagon: 1
      case .square: 0.86
      case .triangle, .invertedTriangle: 1.08
      case .diamond: 0.95
      }
    }
  }

  /// The lengths of strokes and gaps, in pixels; none for a solid line.
  static let dashes: [[Int]] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2], [9, 3, 2, 3, 2, 3]]

  let ink: Ink
  let marker: Marker
  let dash: [Int]

  /// The look of the series at an index from 0; no two of the first 36 are alike.
  static func series(_ index: Int) -> Look {
    let count = Ink.series.count
    let turn = index / count
    return Look(
      ink: Ink.series[index % count], marker: Marker.allCases[(index + turn) % count],
      dash: dashes[(index + turn) % count])
  }

  /// The dashes of the reference line at an index from 0.
  static func reference(_ index: Int) -> [Int] {
    [[5, 4], [1, 3], [10, 4], [10, 4, 1, 4]][index % 4]
  }
}
