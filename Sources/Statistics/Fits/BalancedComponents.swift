/// Variance components of replicates in a balanced design of crossed and nested factors, all of them random:
/// how much initialization, data order and mask draw contribute each.
///
/// A term is a set of factors closed under nesting: with orders within initializations, {initialization} and
/// {initialization, order}; crossed, {order} too. Of N values in all, the mean square of term T over its
/// degrees of freedom is expected to be Σ over terms U ⊇ T of (N / levels of U) σ²_U, so each σ² is a sum of
/// mean squares with signs. The term of all factors is the residual: what the last factor adds, with chance
/// that nothing repeats.
///
/// Intervals are those of modified large samples (Ting et al.), exact for the residual. Satterthwaite's χ² is not
/// taken because it holds small components far too rarely where mean squares are subtracted, as they are for all but
/// the residual.
///
/// Assumes that effects of each term are independent and normal, and one value for each combination of levels;
/// designs with missing or further values are refused. For one factor with groups of different sizes see
/// ``VarianceComponents``.
///
/// References: Searle, Casella and McCulloch, "Variance Components", Wiley, 1992, chapter 4; Ting, Burdick,
/// Graybill, Jeyaratnam and Lu, "Confidence intervals on linear combinations of variance components that are
/// unrestricted in sign", Journal of Statistical Computation and Simulation 35(1–2), 1990.
package struct BalancedComponents: Hashable, Sendable {
  /// What is varied in a design.
  package struct Factor: Hashable, Sendable {
    /// Its name.
    package let name: String
    /// Its levels, within one level of the factors it is nested in.
    package let levels: Int
    /// The names of factors that must come before and within which its levels are others each time; none where
    /// it is crossed.
    package let within: [String]

    /// A factor.
    package init(_ name: String, levels: Int, within: [String] = []) {
      self.name = name
      self.levels = levels
      self.within = within
    }
  }

  /// One term's share of the variance.
  package struct Component: Hashable, Sendable {
    /// The names of its factors.
    package let factors: [String]
    /// Its degrees of freedom.
    package let degreesOfFreedom: Int
    /// Its mean square.
    package let meanSquare: Double
    /// The estimate of σ² without bias, in the square of the values' unit; it may fall below 0.
    package let variance: Double

    /// σ² as a sum of mean squares.
    fileprivate let combination: MeanSquareCombination

    /// The interval of σ², cut at 0.
    ///
    /// - Parameter level: the confidence level, strictly between 0 and 1.
    /// - Throws: `StatisticsError.parameterOutside` for another level.
    package func interval(level: Double) throws -> Interval {
      try requireLevel(level)
      let interval = try combination.interval(level: level)
      return Interval(lower: max(0, interval.lower), upper: max(0, interval.upper))
    }
  }

  /// The components, terms of fewer factors first.
  package let components: [Component]

  /// Analyses one value for each combination of levels.
  ///
  /// - Parameters:
  ///   - factors: at least two levels each.
  ///   - values: in the order of the factors' levels, the last factor's changing fastest.
  /// - Throws: `StatisticsError.parameterOutside` for a factor of one level or within an unknown one, or another
  ///   number of values than combinations; `.tooFewValues`; `.valueNotFinite`.
  package init(factors: [Factor], values: [Double]) throws {
    let parents = try Self.parents(factors)
    let cells = factors.reduce(1) { $0 * $1.levels }
    try requireSample(values, atLeast: 2, for: "variance components")
    guard values.count == cells, !factors.isEmpty else {
      throw StatisticsError.parameterOutside(
        name: "the number of values of a balanced design", value: Double(values.count),
        allowed: "\(cells), one for each combination of levels")
    }
    let terms = (1..<(1 << factors.count)).filter { term in
      parents.indices.allSatisfy { term & 1 << $0 == 0 || parents[$0] & ~term == 0 }
    }.sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
    let levels = factors.map(\.levels)
    let grand = Sample.mean(values)
    var rest = values.map { $0 - grand }
    var (freedom, squares): ([Int], [Double]) = ([], [])
    for (position, term) in terms.enumerated() {
      // Terms of a balanced design are orthogonal: each takes its own out of what the smaller ones left.
      squares.append(takeMeans(of: term, levels, from: &rest))
      let size = levelCount(term, levels)
      let smaller = (0..<position).filter { terms[$0] & ~term == 0 }
      freedom.append(size - 1 - smaller.reduce(0) { $0 + freedom[$1] })
    }
    let meanSquares = zip(squares, freedom).map { $0 / Double($1) }
    // What each term adds to expected mean squares, (N / levels) σ², in mean squares; from the residual back.
    var shares = [[Double]](repeating: [], count: terms.count)
    for index in terms.indices.reversed() {
      var share = [Double](repeating: 0, count: terms.count)
      share[index] = 1
      for larger in index + 1..<terms.count where terms[index] & ~terms[larger] == 0 {
        share = zip(share, shares[larger]).map { $0 - $1 }
      }
      shares[index] = share
    }
    components = terms.indices.map { index in
      let repeats = Double(cells / levelCount(terms[index], levels))
      let combination = MeanSquareCombination(
        terms.indices.map {
          .init(
            weight: shares[index][$0] / repeats, meanSquare: meanSquares[$0],
            degreesOfFreedom: freedom[$0])
        })
      return Component(
        factors: factors.indices.filter { terms[index] & 1 << $0 != 0 }.map { factors[$0].name },
        degreesOfFreedom: freedom[index], meanSquare: meanSquares[index],
        variance: combination.estimate, combination: combination)
    }
  }

  /// The factors that each is nested in, as bits.
  private static func parents(_ factors: [Factor]) throws -> [Int] {
    try factors.enumerated().map { position, factor in
      guard factor.levels >= 2 else {
        throw StatisticsError.parameterOutside(
          name: "the number of levels of \(factor.name)", value: Double(factor.levels),
          allowed: "at least 2")
      }
      return try factor.within.reduce(0) { bits, name in
        guard let parent = factors[..<position].firstIndex(where: { $0.name == name }) else {
          throw StatisticsError.parameterOutside(
            name: "the place of \(factor.name) among factors", value: Double(position),
            allowed: "after \(name), which it is nested in")
        }
        return bits | 1 << parent
      }
    }
  }
}

/// The combinations of levels of a term's factors.
private func levelCount(_ term: Int, _ levels: [Int]) -> Int {
  levels.indices.reduce(1) { term & 1 << $1 != 0 ? $0 * levels[$1] : $0 }
}

/// Takes the means over all but the term's factors out of `values`, and returns the sum of squares taken.
private func takeMeans(of term: Int, _ levels: [Int], from values: inout [Double]) -> Double {
  let size = levelCount(term, levels)
  let cell = values.indices.map { index -> Int in
    var (rest, place, stride) = (index, 0, 1)
    for factor in levels.indices.reversed() {
      if term & 1 << factor != 0 {
        place += rest % levels[factor] * stride
        stride *= levels[factor]
      }
      rest /= levels[factor]
    }
    return place
  }
  var means = [Double](repeating: 0, count: size)
  for (index, value) in values.enumerated() { means[cell[index]] += value }
  let repeats = Double(values.count / size)
  for place in means.indices { means[place] /= repeats }
  for index in values.indices { values[index] -= means[cell[index]] }
  return repeats * means.reduce(0) { $0 + $1 * $1 }
}
