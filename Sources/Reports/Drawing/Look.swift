/// How one series differs from the others: by colour, by marker and by dashes.
struct Look: Hashable, Sendable {
  /// The shapes of points.
  enum Marker: CaseIterable, Sendable {
    case circle
    case square
    case triangle
    case diamond
    case invertedTriangle
    case pentagon
  }

  /// The lengths of strokes and gaps, in halves of the line's width; none for a solid line.
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
