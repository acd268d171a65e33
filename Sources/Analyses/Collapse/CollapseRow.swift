import Recipes
import Suites

/// What is left of one layer at one compression: a row of records.csv.
struct CollapseRow: TableRow {
  /// The method's name.
  var method = ""
  /// Number of the replicate, from 1.
  var replicate = 1
  /// Fraction kept.
  var density = Density.one
  /// The layer, its weights, and those kept.
  var layer = ""
  var (size, kept) = (1, 0)
  /// Scores that are exactly zero, and scores equal to the threshold's, of all layers together.
  var (zeroScores, ties) = (0, 0)

  init() {}

  static var columns: [Column<CollapseRow>] {
    [
      Column("method", \.method, .name), Column("replicate", \.replicate, .number),
      // What the density says already.
      Column(
        "compression", kind: .number, expected: "1 / density",
        write: { "\($0.density.compression)" },
        read: { _, _ in nil }), Column("density", \.density, .density),
      Column("layer", \.layer, .text), Column("size", \.size, .number),
      Column("kept", \.kept, .count), Column("zero_scores", \.zeroScores, .count),
      Column("ties", \.ties, .count),
    ]
  }

  static var identity: [String] { ["method", "replicate", "density", "layer"] }
}

extension CollapseRow {
  /// One row per point and layer.
  static func rows(_ cell: CollapseCell, _ result: CollapseResult) -> [CollapseRow] {
    result.points.flatMap { point in
      result.layers.indices.map { index in
        var row = CollapseRow()
        (row.method, row.replicate) = (cell.method, cell.replicate)
        (row.density, row.layer) = (point.density, result.layers[index])
        (row.size, row.kept) = (result.sizes[index], point.kept[index])
        (row.zeroScores, row.ties) = (point.zeroScores, point.ties)
        return row
      }
    }
  }
}
