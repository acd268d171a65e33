import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Lengths of curves")
struct CurveGeometryTests {
  /// The geometry of control points in the plane.
  private func geometry(_ shape: CurveShape, _ points: [(Double, Double)]) -> CurveGeometry {
    CurveGeometry(
      shape: shape, products: points.map { a in points.map { b in a.0 * b.0 + a.1 * b.1 } })
  }

  @Test("a quadratic Bézier curve in closed form")
  func parabola() throws {
    // Control points (0, 0), (½, 0), (1, 1): the parabola y = x² from 0 to 1, x = t.
    let curve = geometry(.bezier(bends: 1), [(0, 0), (0.5, 0), (1, 1)])
    func arc(_ x: Double) -> Double { x / 2 * (1 + 4 * x * x).squareRoot() + asinh(2 * x) / 4 }
    #expect(abs(try curve.length(from: 0, to: 1) - arc(1)) < 1e-9)
    #expect(abs(try curve.length(from: 0.25, to: 0.75) - (arc(0.75) - arc(0.25))) < 1e-9)
    #expect(abs(curve.speed(at: 0.5) - 2.0.squareRoot()) < 1e-12)
    #expect(abs(curve.size(at: 0.5) - (0.25 + 0.0625).squareRoot()) < 1e-12)
    #expect(abs(curve.distance(from: 0, to: 1) - 2.0.squareRoot()) < 1e-12)
  }

  @Test("a chain is as long as its segments, whatever its pieces")
  func chain() throws {
    let chain = geometry(.chain(bends: 1), [(0, 0), (3, 4), (3, 10)])
    #expect(abs(try chain.length(from: 0, to: 1) - 11) < 1e-12)
    #expect(abs(try chain.length(from: 0.25, to: 0.75) - (2.5 + 3)) < 1e-12)
    let pieces = try zip(PathPositions.evenlySpaced(8), PathPositions.evenlySpaced(8).dropFirst())
      .map { try chain.length(from: $0, to: $1) }
    #expect(abs(pieces.reduce(0, +) - 11) < 1e-12)
  }

  @Test("points on one line give the distance of the ends")
  func straight() throws {
    for shape in [CurveShape.segment, .bezier(bends: 2), .chain(bends: 2)] {
      let count = shape.bends + 1
      let points = (0...count).map { (10 + 3 * Double($0) / Double(count), 20.0) }
      #expect(abs(try geometry(shape, points).length(from: 0, to: 1) - 3) < 1e-8, "\(shape)")
    }
  }
}
