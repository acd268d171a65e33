import Foundation
package import Networks
package import Recipes
import Training

extension PointEvaluator {
  /// Error and loss along the segment from `start` to `end`, the ends' distance and disagreement.
  ///
  /// The weights at position α are (1 − α)·start + α·end, running statistics too.
  ///
  /// - Parameter parent: the weights both were trained from, to measure distances from.
  package func interpolate(
    from start: Weights, to end: Weights, points: Int, parent: Weights? = nil,
    progress: (Double) -> Void = { _ in }
  ) throws -> SegmentResult {
    var predictions = [[Int]](repeating: [], count: points)
    let own = measurement.statistics.firstIndex(of: .interpolated)
    let path = try evaluate(
      Curve(.segment, controls: [start, end]), points: points, ensembles: true, progress: progress
    ) { point, policy, logits, _ in
      // The bits of the ends are their own, so that neither is examined apart.
      guard policy == own, point == 0 || point == points - 1 else { return }
      predictions[point] += try network.predictions(logits)
    }
    func predicted(_ weights: Weights, _ point: Int) throws -> [Int] {
      own == nil
        ? try network.examine(weights, on: .test, of: dataset, in: precision).predictions
        : predictions[point]
    }
    let (first, second) = (try predicted(start, 0), try predicted(end, points - 1))
    let labels = try dataset.labels(testIndices[...], of: .test).elements(of: Int64.self).map(
      Int.init)
    return SegmentResult(
      path: path,
      geometry: try PathGeometry(from: start, to: end, parent: parent),
      disagreement: Disagreement(of: first, and: second, labels: labels))
  }
}

extension PathGeometry {
  /// Distances between `start` and `end`, and from `parent` where there is one.
  package init(from start: Weights, to end: Weights, parent: Weights? = nil) throws {
    let origin = try Self.angle(start.dot(end), start.dot(start), end.dot(end))
    self.init(
      distance: try start.distance(to: end), angle: origin ?? 0,
      fromParent: try parent.map { parent in
        let a = try Weights.combination([(1, start), (-1, parent)])
        let b = try Weights.combination([(1, end), (-1, parent)])
        return Divergence(
          start: try start.distance(to: parent), end: try end.distance(to: parent),
          angle: try Self.angle(a.dot(b), a.dot(a), b.dot(b)))
      })
  }

  /// Degrees between vectors of these products; `nil` where one of them is 0.
  private static func angle(_ product: Double, _ first: Double, _ second: Double) -> Double? {
    guard first > 0, second > 0 else { return nil }
    let cosine = product / (first * second).squareRoot()
    return acos(min(max(cosine, -1), 1)) * 180 / .pi
  }
}
