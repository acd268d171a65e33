import Foundation
import Recipes
import Wording

/// A path as text: a table and its barriers, of a segment its ends' distance and disagreement too; and as
/// comma-separated values.
struct PathTable {
  let result: any MeasuredPath
  let measurement: PointMeasurement

  /// Columns by policy and split, with what they hold at each point.
  private var columns: [(title: String, key: String, values: [Double?])] {
    measurement.statistics.enumerated().flatMap { index, policy in
      [PathSplit.train, .test].flatMap { split in
        PathQuantity.allCases.compactMap { quantity in
          guard split == .test || measurement.trainingExamples > 0 else { return nil }
          let policies = measurement.statistics.count
          return (
            title: "\(split.rawValue) \(quantity.rawValue)\(quantity == .error ? " %" : "")"
              + (policies > 1 ? ", \(policy.rawValue)" : ""),
            key: "\(split.rawValue)_\(quantity.rawValue)"
              + (policies > 1 ? "_\(policy.rawValue)" : ""),
            values: result.values(quantity, on: split, policy: index)
          )
        }
      }
    }
  }

  /// What is printed.
  var text: String {
    let columns = columns
    var lines = [
      ([Self.padded("position", 8)] + columns.map { Self.padded($0.title, 12) })
        .joined(separator: "  ")
    ]
    for (index, position) in result.positions.enumerated() {
      let cells = columns.map { column in
        Self.padded(
          column.values[index].map { Format.number($0, digits: 4) } ?? Format.missing,
          max(12, column.title.count))
      }
      lines.append(
        ([Self.padded(Format.number(position, digits: 4), 8)] + cells).joined(separator: "  "))
    }
    for (index, policy) in measurement.statistics.enumerated() {
      for split in [PathSplit.test, .train] where split == .test || measurement.trainingExamples > 0
      {
        for quantity in PathQuantity.allCases {
          lines.append(
            barrier(
              quantity, split, index,
              measurement.statistics.count > 1 ? ", statistics by \(policy.rawValue)" : ""))
        }
      }
    }
    if let segment = result as? SegmentResult {
      let geometry = segment.geometry
      lines.append(
        "distance \(Format.significant(geometry.distance, digits: 4)),"
          + " angle \(Format.number(geometry.angle, digits: 2)) degrees")
      if let disagreement = segment.disagreement { lines.append(Self.line(disagreement)) }
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ disagreement: Disagreement) -> String {
    "predictions differ on \(disagreement.differing) of \(disagreement.count) test examples,"
      + " \(Format.number(100 * disagreement.fraction, digits: 2)) %;"
      + " \(Format.number(100 * disagreement.expected, digits: 2)) % were they independent given the"
      + " class"
  }

  private func barrier(
    _ quantity: PathQuantity, _ split: PathSplit, _ index: Int, _ policy: String
  ) -> String {
    let name = "\(split.rawValue) \(quantity.rawValue)\(policy)"
    guard let summary = result.summary(quantity, on: split, policy: index) else {
      return "\(name): no barrier, an end has no finite loss"
    }
    let unit = quantity == .error ? "points" : "nats"
    // The smallest ε of Kuditipudi et al. (NeurIPS 2019): what the loss rises above the worse end's.
    let rise =
      quantity == .loss
      ? EpsilonConnection(losses: result.values(.loss, on: split, policy: index), epsilon: 0)?
        .excess : nil
    func digits(_ value: Double) -> String { Format.significant(value, digits: 4) }
    return "\(name): barrier \(digits(summary.barrier)) \(unit)"
      + " at \(Format.number(summary.highestAt, digits: 3)),"
      + " largest excess over the straight line \(digits(summary.excess)) \(unit)"
      + (rise.map { ", ε-connected from ε = \(digits(max(0, $0))) on" } ?? "")
      + (summary.gaps == 0 ? "" : ", \(summary.gaps) points not finite")
  }

  /// What is written to a file.
  var csv: String {
    let columns = columns
    let rows = result.positions.enumerated().map { index, position in
      (["\(position)"] + columns.map { $0.values[index].map { "\($0)" } ?? "" })
        .joined(separator: ",")
    }
    return ((["position"] + columns.map(\.key)).joined(separator: ",") + "\n")
      + rows.map { $0 + "\n" }.joined()
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
