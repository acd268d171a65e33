@testable import Statistics

/// A Bonferroni test of several hypotheses whose α moves along the edges of a graph.
///
/// Hypothesis i begins with the share wᵢ of α. Once it is rejected its share goes on to the others by its row g of
/// transitions, and the graph closes over the gap: for l ≠ k among the rest,
///
///     w(l) ← w(l) + w(i) g(i, l)
///     g(l, k) ← (g(l, k) + g(l, i) g(i, k)) / (1 − g(l, i) g(i, l)),  0 where the divisor is 0
///
/// The result does not depend on the order of rejections, and the chance of any false rejection is at most α
/// whatever the dependence between the p-values. Holm's procedure, fixed sequences and gatekeepers are graphs.
///
/// Reference: Bretz, Maurer, Brannath and Posch, "A graphical approach to sequentially rejective multiple test
/// procedures", Statistics in Medicine 28(4), 2009, algorithms 1 and 2.
struct GraphicalProcedure: Hashable, Sendable {
  /// The share of α at which each hypothesis is tested first; they sum to at most 1.
  let weights: [Double]

  /// Row i tells which fractions of its share hypothesis i hands on to the others once it is rejected.
  let transitions: [[Double]]

  /// A procedure for as many hypotheses as there are weights.
  ///
  /// - Parameters:
  ///   - weights: not below 0, at most 1 in all.
  ///   - transitions: one row per hypothesis; entries not below 0, at most 1 a row, 0 on the diagonal.
  /// - Throws: `StatisticsError.parameterOutside`.
  init(weights: [Double], transitions: [[Double]]) throws {
    try Self.requireShares(weights, name: "a weight")
    guard transitions.count == weights.count else {
      throw StatisticsError.parameterOutside(
        name: "the number of rows of transitions", value: Double(transitions.count),
        allowed: "\(weights.count), one per hypothesis")
    }
    for (index, row) in transitions.enumerated() {
      guard row.count == weights.count else {
        throw StatisticsError.parameterOutside(
          name: "the length of row \(index) of transitions", value: Double(row.count),
          allowed: "\(weights.count), one per hypothesis")
      }
      try Self.requireShares(row, name: "a transition of row \(index)")
      guard row[index] == 0 else {
        throw StatisticsError.parameterOutside(
          name: "the transition from hypothesis \(index) to itself", value: row[index],
          allowed: "0")
      }
    }
    self.weights = weights
    self.transitions = transitions
  }

  /// The adjusted p-value of each hypothesis: the smallest α at which the procedure rejects it.
  ///
  /// α grows from event to event: of the hypotheses left, the one that needs the smallest α, pᵢ / wᵢ, goes
  /// next, and none needs less than one before it did. 1 where no α below 1 is enough.
  ///
  /// - Throws: `StatisticsError.parameterOutside` for values that are no p-values or not one per hypothesis.
  func adjusted(_ pValues: [Double]) throws -> [Double] {
    try requirePValues(pValues)
    guard pValues.count == weights.count else {
      throw StatisticsError.parameterOutside(
        name: "the number of p-values", value: Double(pValues.count),
        allowed: "\(weights.count), one per hypothesis")
    }
    var adjusted = Array(repeating: 1.0, count: pValues.count)
    var rest = Array(pValues.indices)
    var (weights, transitions) = (weights, transitions)
    var reached = 0.0
    while let next = rest.filter({ weights[$0] > 0 })
      .min(by: { pValues[$0] / weights[$0] < pValues[$1] / weights[$1] })
    {
      reached = max(reached, pValues[next] / weights[next])
      guard reached < 1 else { break }
      adjusted[next] = reached
      rest.removeAll { $0 == next }
      Self.remove(next, leaving: rest, from: &weights, &transitions)
    }
    return adjusted
  }

  /// Hands on the share of a rejected hypothesis and closes the graph over it.
  private static func remove(
    _ gone: Int, leaving rest: [Int], from weights: inout [Double],
    _ transitions: inout [[Double]]
  ) {
    let old = transitions
    for from in rest {
      weights[from] += weights[gone] * old[gone][from]
      let back = old[from][gone] * old[gone][from]
      for to in rest where to != from {
        // What two hypotheses hand only to each other stays with the second; rounding may leave `back` just
        // below 1, and the quotient of two rounding errors means nothing.
        transitions[from][to] =
          back < 1 - 1e-12
          ? (old[from][to] + old[from][gone] * old[gone][to]) / (1 - back) : 0
      }
    }
  }

  /// Throws unless all are not below 0 and sum to at most 1, up to rounding.
  private static func requireShares(_ shares: [Double], name: String) throws {
    for share in shares where !(share >= 0) {
      throw StatisticsError.parameterOutside(name: name, value: share, allowed: "at least 0")
    }
    let sum = shares.reduce(0, +)
    guard sum <= 1 + 1e-9 else {
      throw StatisticsError.parameterOutside(
        name: "\(name), summed", value: sum, allowed: "at most 1")
    }
  }
}
