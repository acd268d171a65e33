/// A curve from one network to another through control points: its start, its bends, its end.
///
/// With degree or number of segments n = bends + 1 a point is `w(t) = Σₖ cₖ(t)·wₖ`, k = 0…n, t from 0 to 1.
/// Without bends both shapes are the straight segment. Reference: Garipov et al., NeurIPS 2018, section 3.
package enum CurveShape: Hashable, Sendable, Codable {
  /// A Bézier curve: `cₖ(t) = C(n, k)·tᵏ·(1 − t)ⁿ⁻ᵏ`; with one bend quadratic (eq. 4).
  case bezier(bends: Int)
  /// A chain of straight segments: `cₖ(t) = max(0, 1 − |n·t − k|)`, for equal times on each (eq. 3).
  case chain(bends: Int)

  /// The straight segment between two networks.
  package static let segment = CurveShape.chain(bends: 0)

  /// Control points between the ends.
  package var bends: Int {
    switch self {
    case .bezier(let bends), .chain(let bends): bends
    }
  }

  /// Degree or number of segments, n.
  private var degree: Int { bends + 1 }

  /// The weights of the control points at `t`, which sum to 1; at 0 and 1 exactly the end's is 1.
  package func coefficients(at t: Double) -> [Double] {
    switch self {
    // Without the rounding of 1 − (1 − t).
    case .chain(0): [1 - t, t]
    case .bezier: Self.bernstein(degree, at: t)
    case .chain: (0...degree).map { max(0, 1 - abs(Double(degree) * t - Double($0))) }
    }
  }

  /// Their derivatives with respect to `t`, which sum to 0; at a bend of a chain those of the segment that
  /// follows.
  package func slopes(at t: Double) -> [Double] {
    let n = Double(degree)
    switch self {
    case .bezier:
      let lower = Self.bernstein(degree - 1, at: t)
      return (0...degree).map { k in
        n * ((k > 0 ? lower[k - 1] : 0) - (k < degree ? lower[k] : 0))
      }
    case .chain:
      let segment = min(max(Int((n * t).rounded(.down)), 0), degree - 1)
      return (0...degree).map { $0 == segment ? -n : $0 == segment + 1 ? n : 0 }
    }
  }

  /// Where between 0 and 1 the curve has corners.
  package var corners: [Double] {
    switch self {
    case .bezier: []
    case .chain: (1..<max(degree, 1)).map { Double($0) / Double(degree) }
    }
  }

  /// The place of bend 1, 2, … on the segment between the ends, from 0 to 1, before training.
  package func placement(ofBend bend: Int) -> Double { Double(bend) / Double(degree) }

  private static func bernstein(_ degree: Int, at t: Double) -> [Double] {
    // De Casteljau's recursion, without powers or factorials.
    var values = [1.0]
    for _ in 0..<degree {
      values =
        [(1 - t) * values[0]]
        + zip(values, values.dropFirst()).map { t * $0 + (1 - t) * $1 }
        + [t * values[values.count - 1]]
    }
    return values
  }
}

extension CurveShape: CustomStringConvertible {
  /// The shape in words: `quadratic Bézier curve`, `chain of 3 segments`.
  package var description: String {
    switch self {
    case .bezier(0), .chain(0): "straight segment"
    case .bezier(1): "quadratic Bézier curve"
    case .bezier(2): "cubic Bézier curve"
    case .bezier(let bends): "Bézier curve of degree \(bends + 1)"
    case .chain(let bends): "chain of \(bends + 1) segments"
    }
  }
}
