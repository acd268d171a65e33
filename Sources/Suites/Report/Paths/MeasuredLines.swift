package import Recipes

extension MeasuredLine {
  /// The lines of `rows`, one for each of `policies`; `nil` where one has another number of points.
  package static func perPolicy(_ policies: [StatisticsPolicy], of rows: [some PathRow])
    -> [MeasuredLine]?
  {
    let lines = policies.map { policy in
      let own = rows.filter { $0.statistics == policy }
      return MeasuredLine(
        positions: own.map { $0.position ?? 0 }, points: own.map(\.measured))
    }
    guard let first = lines.first, !first.points.isEmpty,
      lines.allSatisfy({ $0.points.count == first.points.count })
    else { return nil }
    return lines
  }

  /// Points without a finite loss, under any of several policies.
  package static func gapCount(_ lines: [MeasuredLine]) -> Int {
    guard let first = lines.first else { return 0 }
    return first.points.indices.count { index in
      lines.contains { line in
        line.points[index].testLoss == nil
          || line.splits.contains(.train) && line.points[index].trainLoss == nil
      }
    }
  }
}
