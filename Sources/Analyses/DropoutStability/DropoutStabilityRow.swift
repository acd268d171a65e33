import Recipes
import Suites

/// A point of a path or segment between two networks, or a network that lost halves of its layers: a row of
/// records.csv.
struct DropoutStabilityRow: TableRow {
  /// What the row is about.
  enum Path: String, CaseIterable {
    /// The path through half-width networks.
    case halfWidth = "half-width"
    /// The straight segment between the same networks.
    case straight
    /// The first and the second network, whole and without halves.
    case first = "A"
    case second = "B"
    /// Nothing: the training of a network diverged.
    case diverged
  }

  /// Number of the replicate, from 1.
  var replicate = 1
  /// What the row is about.
  var path = Path.halfWidth
  /// The place on the path, whole at knots, or on the segment, from 0 to 1.
  var position: Double?
  /// The layer that moves there, or that lost its half last.
  var layer: String?
  /// What the point is: a knot, or on a piece of constant or interpolated loss; of a network, whether it is whole
  /// and which half of its last layer stays.
  var type: String?
  /// What was measured.
  var measured = Measured()
  /// What halves cost at most: of both networks on paths, of the network itself on its rows.
  var epsilon: Double?
  /// The largest loss of both ends plus ε.
  var bound: Double?
  /// Units of the layer that lost its half, and those that stay.
  var units, kept: Int?
  /// The layer that moves on the piece of the path that begins at or holds the point, and whether the loss is
  /// constant there.
  var piece: String?
  var isConstant: Bool?

  init() {}

  static var columns: [Column<DropoutStabilityRow>] {
    [
      Column("replicate", \.replicate, .number), Column("path", \.path, .choice),
      Column("position", \.position, .finite), Column("layer", \.layer, .text),
      Column("type", \.type, .text),
    ] + Measured.columns(\.measured) + [
      Column("epsilon", \.epsilon, .finite), Column("bound", \.bound, .finite),
      Column("units", \.units, .count), Column("kept", \.kept, .count),
      Column("piece", \.piece, .text), Column("constant", \.isConstant, .flag),
    ]
  }

  static var identity: [String] { ["replicate", "path", "position", "layer", "type"] }

  /// What types of points and networks are called.
  static let knot = "knot"
  static let constant = "constant"
  static let interpolated = "interpolated"
  static let whole = "whole"
  static let largestNorms = "largest norms"
  static let random = "random"
}

extension DropoutStabilityRow {
  init(_ replicate: Int, _ path: Path, _ found: PointEvaluation? = nil) {
    (self.replicate, self.path) = (replicate, path)
    measured = found.map { Measured($0, keepingErrors: true) } ?? Measured()
  }

  /// The points of the path and of the segment, and both networks.
  static func rows(_ replicate: Int, _ found: DropoutStabilityResult, _ segment: SegmentResult)
    -> [DropoutStabilityRow]
  {
    func bounded(_ path: Path, _ position: Double, _ point: PointEvaluation)
      -> DropoutStabilityRow
    {
      var row = DropoutStabilityRow(replicate, path, point)
      (row.position, row.epsilon, row.bound) = (position, found.epsilon, found.connection?.bound)
      return row
    }
    let path = zip(found.positions, found.evaluations).map { position, point in
      var row = bounded(.halfWidth, position, point)
      let number = Int(position)
      let piece = number < found.segments.count ? found.segments[number] : nil
      (row.piece, row.isConstant) = (piece?.layer, piece?.isConstant)
      if Double(number) == position {
        row.type = knot
      } else {
        row.layer = piece?.layer
        row.type = piece?.isConstant == true ? constant : interpolated
      }
      return row
    }
    let straight = zip(segment.positions, segment.evaluations).map {
      bounded(.straight, $0, $1[0])
    }
    return path + straight
      + [(Path.first, found.start), (.second, found.end)].flatMap { path, end in
        var row = DropoutStabilityRow(replicate, path, end.whole)
        (row.type, row.epsilon) = (whole, end.epsilon)
        return [row]
          + end.drops.map { drop in
            var row = DropoutStabilityRow(replicate, path, drop.evaluation)
            (row.layer, row.type) = (drop.layer, drop.choice == 0 ? largestNorms : random)
            (row.epsilon, row.units, row.kept) = (end.epsilon, drop.units, drop.kept)
            return row
          }
      }
  }
}
