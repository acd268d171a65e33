import Recipes
import Statistics
import Suites

/// Lengths along a curve, from the inner products of its control points alone.
struct CurveGeometry {
  /// How the curve runs.
  let shape: CurveShape
  /// Inner products of its control points' parameters.
  let products: [[Double]]

  /// ‖w′(t)‖: with slopes c′(t) and products G, √(c′ᵀ G c′).
  func speed(at t: Double) -> Double { norm(shape.slopes(at: t)) }

  /// ‖w(t)‖.
  func size(at t: Double) -> Double { norm(shape.coefficients(at: t)) }

  /// The Euclidean distance between two points of the curve.
  func distance(from one: Double, to other: Double) -> Double {
    norm(zip(shape.coefficients(at: one), shape.coefficients(at: other)).map { $0 - $1 })
  }

  /// The arc length `∫ ‖w′(t)‖ dt` between two points, by quadrature between the curve's corners.
  func length(from start: Double, to end: Double) throws -> Double {
    let knots = [start] + shape.corners.filter { start < $0 && $0 < end } + [end]
    return try zip(knots, knots.dropFirst()).reduce(0) { sum, piece in
      switch shape {
      case .chain, .bezier(0):
        sum + (piece.1 - piece.0) * speed(at: (piece.0 + piece.1) / 2)
      case .bezier:
        sum + (try Quadrature.integral(from: piece.0, to: piece.1) { speed(at: $0) })
      }
    }
  }

  private func norm(_ coefficients: [Double]) -> Double {
    var sum = 0.0
    for (row, one) in zip(products, coefficients) {
      for (product, other) in zip(row, coefficients) { sum += one * product * other }
    }
    // Rounding may leave less than nothing.
    return max(sum, 0).squareRoot()
  }
}
