import Recipes
import Testing

@Suite struct CurveShapeTests {
  private static let shapes: [CurveShape] =
    (0...4).map { .bezier(bends: $0) } + (0...4).map { .chain(bends: $0) }

  @Test("coefficients sum to 1, and at the ends are the ends'", arguments: shapes)
  func partitionOfUnity(shape: CurveShape) {
    let count = shape.bends + 2
    let first = [1.0] + [Double](repeating: 0, count: count - 1)
    #expect(shape.coefficients(at: 0) == first)
    #expect(shape.coefficients(at: 1) == first.reversed())
    for step in 0...60 {
      let t = Double(step) / 60
      let coefficients = shape.coefficients(at: t)
      #expect(coefficients.count == count && coefficients.allSatisfy { $0 >= 0 })
      #expect(abs(coefficients.reduce(0, +) - 1) < 1e-14)
      #expect(abs(shape.slopes(at: t).reduce(0, +)) < 1e-13)
    }
  }

  @Test("the published forms")
  func published() {
    let t = 0.3
    let quadratic = CurveShape.bezier(bends: 1).coefficients(at: t)
    for (found, expected) in zip(quadratic, [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]) {
      #expect(abs(found - expected) < 1e-15)
    }
    let chain = CurveShape.chain(bends: 1)
    #expect(zip(chain.coefficients(at: t), [0.4, 0.6, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(chain.coefficients(at: 0.5) == [0, 1, 0])
    #expect(chain.corners == [0.5])
    #expect(CurveShape.segment.coefficients(at: 0.25) == [0.75, 0.25])
  }

  @Test("slopes are the coefficients' derivatives", arguments: shapes)
  func slopes(shape: CurveShape) {
    let h = 1e-6
    for t in [0.11, 0.37, 0.52, 0.93] {
      let (ahead, behind) = (shape.coefficients(at: t + h), shape.coefficients(at: t - h))
      for (slope, (a, b)) in zip(shape.slopes(at: t), zip(ahead, behind)) {
        #expect(abs(slope - (a - b) / (2 * h)) < 1e-8)
      }
    }
  }

  @Test("control points at their placements lie on the segment, in order")
  func placements() {
    let chain = CurveShape.chain(bends: 3)
    #expect((1...3).map(chain.placement(ofBend:)) == [0.25, 0.5, 0.75])
    // A curve through control points on the segment stays on it, at t.
    for shape in Self.shapes {
      let places = [0.0] + (0..<shape.bends).map { shape.placement(ofBend: $0 + 1) } + [1.0]
      for t in [0.2, 0.7] {
        let place = zip(shape.coefficients(at: t), places).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(place - t) < 1e-14, "\(shape)")
      }
    }
  }

  @Test("names")
  func names() {
    #expect(
      [CurveShape.segment, .bezier(bends: 1), .bezier(bends: 3), .chain(bends: 1)].map(
        \.description)
        == [
          "straight segment", "quadratic Bézier curve", "Bézier curve of degree 4",
          "chain of 2 segments",
        ])
  }
}
