/// The residual sum of squares of a broken line through points, as a function of its breakpoint ψ.
///
/// With M the projection that takes off the straight line, RSS(ψ) = y'My − (z'My)² / z'Mz for z = max(0, x −
/// ψ). Between neighbouring points z = u − ψv with u and v fixed, so both terms of the ratio are quadratic in
/// ψ.
struct BreakpointProfile: Hashable, Sendable {
  /// One stretch between neighbouring points, with u'My, v'My, u'Mu, u'Mv and v'Mv.
  private struct Stretch: Hashable {
    let lower, upper: Double
    let uy, vy, uu, uv, vv: Double

    /// (z'My)² / z'Mz, what a breakpoint explains.
    func explained(_ breakpoint: Double) -> Double {
      let product = uy - breakpoint * vy
      return product * product / square(breakpoint)
    }

    /// z'Mz.
    func square(_ breakpoint: Double) -> Double {
      uu - 2 * breakpoint * uv + breakpoint * breakpoint * vv
    }

    /// Where `explained` may be largest: the ends, and where its derivative vanishes between them.
    var candidates: [Double] {
      let stationary = (vy * uu - uy * uv) / (vy * uv - uy * vv)
      return [lower, upper] + (lower < stationary && stationary < upper ? [stationary] : [])
    }

    /// Where `explained` is `amount`, within the stretch: roots of
    /// (vy² − a vv) ψ² − 2 (uy vy − a uv) ψ + uy² − a uu.
    func crossings(_ amount: Double) -> [Double] {
      let square = vy * vy - amount * vv
      let half = uy * vy - amount * uv
      let constant = uy * uy - amount * uu
      let discriminant = half * half - square * constant
      guard discriminant >= 0 else { return [] }
      // The larger of half ± √ loses no digits, and the other root follows from the product.
      let large = half + (half < 0 ? -1 : 1) * discriminant.squareRoot()
      return [large / square, constant / large].filter { lower < $0 && $0 < upper }
    }
  }

  /// The points, less the first so that products stay exact where x is large.
  private let x: [Double]
  private let origin: Double
  private let y: [Double]
  private let total: Double
  private let stretches: [Stretch]

  /// The profile of at least four ascending points.
  ///
  /// - Throws: `StatisticsError.parameterOutside` where the points lie on a straight line.
  init(x points: [Double], y: [Double]) throws {
    let x = points.map { $0 - points[0] }
    let left = Self.withoutLine(x, y)
    total = left.reduce(0) { $0 + $1 * $1 }
    let mean = Sample.mean(y)
    let spread = y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // Squares of rounding errors.
    guard total > 1e-26 * (spread + mean * mean) else {
      throw StatisticsError.parameterOutside(
        name: "the change of slope of a broken line", value: 0,
        allowed: "other than 0, and these values lie on one straight line")
    }
    stretches = (1..<x.count - 2).map { index in
      let u = x.indices.map { $0 > index ? x[$0] : 0 }
      let v = x.indices.map { $0 > index ? 1.0 : 0 }
      let (freeU, freeV) = (Self.withoutLine(x, u), Self.withoutLine(x, v))
      return Stretch(
        lower: x[index], upper: x[index + 1], uy: dot(u, left), vy: dot(v, left),
        uu: dot(freeU, freeU), uv: dot(freeU, freeV), vv: dot(freeV, freeV))
    }
    (self.x, self.y, origin) = (x, y, points[0])
  }

  /// The breakpoint of the smallest sum of squares, and that sum.
  var best: (breakpoint: Double, squares: Double) {
    let candidates = stretches.flatMap { stretch in
      stretch.candidates.map { (breakpoint: $0, explained: stretch.explained($0)) }
    }
    let best = candidates.max { $0.explained < $1.explained }!
    return (best.breakpoint + origin, max(0, total - best.explained))
  }

  /// The slopes before and after a breakpoint.
  func slopes(at breakpoint: Double) -> (before: Double, after: Double) {
    let z = x.map { max(0, $0 - (breakpoint - origin)) }
    let free = Self.withoutLine(x, z)
    let change = dot(free, y) / dot(free, free)
    let rest = zip(y, z).map { $0 - change * $1 }
    let centre = Sample.mean(x)
    let slope =
      x.indices.reduce(0) { $0 + (x[$1] - centre) * rest[$1] }
      / x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return (slope, slope + change)
  }

  /// From the first to the last breakpoint whose sum of squares is at most `limit`.
  ///
  /// A set that reaches the second point goes on to the first, and one that reaches the last but one to the last:
  /// with a single point beyond it, the place of a breakpoint changes nothing.
  func hull(squaresAtMost limit: Double) -> Interval {
    let amount = total - limit
    var inside: [Double] = []
    for stretch in stretches {
      inside += stretch.candidates.filter { stretch.explained($0) >= amount }
      inside += stretch.crossings(amount)
    }
    let best = best.breakpoint - origin
    let (lower, upper) = (min(inside.min() ?? best, best), max(inside.max() ?? best, best))
    return Interval(
      lower: (lower == x[1] ? x[0] : lower) + origin,
      upper: (upper == x[x.count - 2] ? x[x.count - 1] : upper) + origin)
  }

  /// What a straight line through (x, y) leaves of y.
  private static func withoutLine(_ x: [Double], _ y: [Double]) -> [Double] {
    let (centre, mean) = (Sample.mean(x), Sample.mean(y))
    let slope =
      zip(x, y).reduce(0) { $0 + ($1.0 - centre) * ($1.1 - mean) }
      / x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return zip(x, y).map { $1 - mean - slope * ($0 - centre) }
  }
}

/// Σ ab.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
