package import Networks
package import Recipes

/// The plane through three networks: `w(x, y) = w₁ + x·u + y·v`.
///
/// u points from the first network to the second, v is the part of the way to the third that is at a right
/// angle to u, both of length 1 (Gram–Schmidt; Garipov et al., NeurIPS 2018, appendix A.1). Distances and
/// angles are those of parameters; buffers are combined as the parameters are.
package struct Plane {
  /// The three networks.
  package let corners: [Weights]
  /// Their places.
  package let positions: [PlanePosition]

  /// Beside the longest side, a height below this is rounding: float32 weights resolve no less.
  package static let tolerance = 1e-5

  /// The plane through `corners`, which messages call `names`.
  ///
  /// - Throws: ``ConnectivityError`` where two are the same or all lie on one line.
  package init(through corners: [Weights], names: [String]) throws {
    precondition(corners.count == 3 && names.count == 3, "a plane through \(corners.count) points")
    let sides = try [(0, 1), (0, 2), (1, 2)].map { try corners[$0.0].distance(to: corners[$0.1]) }
    let longest = sides.max()!
    guard longest.isFinite else { throw ConnectivityError.notFinite(names) }
    for (pair, side) in zip([(0, 1), (0, 2), (1, 2)], sides) where side <= Self.tolerance * longest
    {
      throw ConnectivityError.samePoint(names[pair.0], names[pair.1])
    }
    let x = try corners[0].product(towards: corners[1], and: corners[2]) / sides[0]
    let y = max(sides[1] * sides[1] - x * x, 0).squareRoot()
    guard y > Self.tolerance * longest else {
      throw ConnectivityError.collinear(names, height: y / longest)
    }
    self.corners = corners
    positions = [
      PlanePosition(x: 0, y: 0), PlanePosition(x: sides[0], y: 0), PlanePosition(x: x, y: y),
    ]
  }

  /// The weights of the three networks at `position`, which sum to 1; at a network's own place its is
  /// exactly 1.
  package func coefficients(at position: PlanePosition) -> [Double] {
    let third = position.y / positions[2].y
    let second = (position.x - third * positions[2].x) / positions[1].x
    return [1 - second - third, second, third]
  }

  /// Columns and rows of a grid of `side` × `side` places that reaches beyond the three networks by `margin`
  /// of their extent on every side.
  package func grid(side: Int, margin: Double) -> (xs: [Double], ys: [Double]) {
    precondition(side >= 2, "a grid of \(side) places a side")
    func axis(_ values: [Double]) -> [Double] {
      let (low, high) = (values.min()!, values.max()!)
      let (start, extent) = (low - margin * (high - low), (1 + 2 * margin) * (high - low))
      return (0..<side).map { start + extent * Double($0) / Double(side - 1) }
    }
    return (axis(positions.map(\.x)), axis(positions.map(\.y)))
  }
}

extension CombinationEvaluator {
  /// Error and loss on a grid of `side` × `side` places of `plane`, at its three networks, half-way between
  /// them and in their middle, under the measurement's first policy.
  ///
  /// - Parameter progress: called with the part that is done.
  package func evaluate(
    _ plane: Plane, side: Int, margin: Double, progress: (Double) -> Void = { _ in }
  ) throws -> PlaneResult {
    let (xs, ys) = plane.grid(side: side, margin: margin)
    let third = 1.0 / 3
    let singled: [[Double]] = [
      [1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5],
      [third, third, third],
    ]
    let places = ys.flatMap { y in xs.map { PlanePosition(x: $0, y: y) } }
    let found = try evaluate(
      combinations: singled + places.map(plane.coefficients(at:)), of: plane.corners,
      progress: progress
    ).map { $0[0] }
    let grid = Array(found.dropFirst(singled.count))
    return PlaneResult(
      corners: plane.positions, networks: Array(found[..<3]), midpoints: Array(found[3..<6]),
      center: found[6], xs: xs, ys: ys,
      evaluations: ys.indices.map { Array(grid[$0 * side..<($0 + 1) * side]) })
  }
}

extension Weights {
  /// `⟨a − w, b − w⟩` over parameters, summed in float64.
  fileprivate func product(towards a: Weights, and b: Weights) throws -> Double {
    var sum = 0.0
    for index in tensors.indices where specifications[index].isParameter {
      try tensors[index].withElements(of: Float.self) { own in
        try a.tensors[index].withElements(of: Float.self) { first in
          try b.tensors[index].withElements(of: Float.self) { second in
            for place in own.indices {
              let origin = Double(own[place])
              sum += (Double(first[place]) - origin) * (Double(second[place]) - origin)
            }
          }
        }
      }
    }
    return sum
  }
}
