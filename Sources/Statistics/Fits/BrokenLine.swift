/// Two straight lines that meet at a breakpoint, fitted to curves of replicates: where accuracy starts to fall.
///
/// Replicate r has a value at each of the same k points x_i, such as log₁₀ of compression:
///
///     y_ri = a_r + b x_i + c max(0, x_i − ψ) + e_ri,  x_2 ≤ ψ ≤ x_{k−1},
///
/// least squares over a, b, c and ψ. Between neighbouring points the residual sum of squares is a ratio of
/// quadratics in ψ, so that its minimum and the interval's ends are found exactly, without search. The interval
/// holds all ψ with
///
///     RSS(ψ) − RSS(ψ̂) ≤ 2 F s²,  s² = RSS(ψ̂) / (R(k − 1) − 3),
///
/// F being the quantile at 2 and R(k − 1) − 3 degrees of freedom. In a linear model a single parameter has F at 1
/// degree, but as ψ̂ moves between stretches such intervals of 90 % hold only 84 % of breakpoints of 12 points and 86 %
/// of 8; these hold 93 to 99 %, so they are wider than need be.
///
/// Assumes that beyond a replicate's own offset a_r errors are independent, normal, and vary alike at all
/// points; leave out points where replicates collapse. Without a change of slope, c = 0, the
/// interval may be as wide as the points. An end at the first or last point says that the values do not
/// bound ψ on that side.
///
/// References: Hudson, "Fitting segmented curves whose join points have to be estimated", Journal of the American
/// Statistical Association 61(316), 1966; Seber and Wild, "Nonlinear Regression", Wiley, 1989, section 9.3.
package struct BrokenLine: Hashable, Sendable {
  /// ψ̂, in the unit of x.
  package let breakpoint: Double

  /// b, the slope below the breakpoint.
  package let slopeBefore: Double

  /// b + c, the slope above it.
  package let slopeAfter: Double

  /// The degrees of freedom of s², R(k − 1) − 3.
  package let degreesOfFreedom: Int

  private let profile: BreakpointProfile
  private let smallest: Double
  private let unexplained: Double

  /// Fits the curves of at least one replicate at five points or at least two at four.
  ///
  /// - Parameters:
  ///   - x: the points, ascending.
  ///   - replicates: one row per replicate, in it a value per point.
  /// - Throws: `StatisticsError.tooFewValues`, `.valueNotFinite`, `.armsDiffer`, or `.parameterOutside` where points
  ///   do not ascend or the mean curve is one straight line.
  package init(x: [Double], replicates: [[Double]]) throws {
    try requireSample(x, atLeast: replicates.count > 1 ? 4 : 5, for: "a broken line, of points,")
    try requireSample(replicates.map { Double($0.count) }, atLeast: 1, for: "a broken line")
    for row in replicates { try requirePairs(x, row, atLeast: 1, for: "a broken line") }
    for (before, after) in zip(x, x.dropFirst()) where after <= before {
      throw StatisticsError.parameterOutside(
        name: "a point of a broken line", value: after, allowed: "above the one before, \(before)")
    }
    let count = Double(replicates.count)
    let means = x.indices.map { column in Sample.mean(replicates.map { $0[column] }) }
    // What replicates leave around the mean curve and their own offsets.
    let scatter = replicates.reduce(0.0) { sum, row in
      let apart = zip(row, means).map { $0 - $1 }
      let offset = Sample.mean(apart)
      return sum + apart.reduce(0) { $0 + ($1 - offset) * ($1 - offset) }
    }
    degreesOfFreedom = replicates.count * (x.count - 1) - 3
    profile = try BreakpointProfile(x: x, y: means)
    let best = profile.best
    breakpoint = best.breakpoint
    (slopeBefore, slopeAfter) = profile.slopes(at: best.breakpoint)
    smallest = best.squares
    unexplained = (count * best.squares + scatter) / Double(degreesOfFreedom) / count
  }

  /// The interval of ψ, the hull of what the F test does not refuse.
  ///
  /// - Parameter level: the confidence level, strictly between 0 and 1.
  /// - Throws: `StatisticsError.parameterOutside` for another level.
  package func interval(level: Double) throws -> Interval {
    try requireLevel(level)
    let quantile = try FRatio.quantile(upperTail: 1 - level, 2, Double(degreesOfFreedom))
    return profile.hull(squaresAtMost: smallest + 2 * quantile * unexplained)
  }
}
