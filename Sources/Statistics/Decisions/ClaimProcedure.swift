/// What a suite of comparisons may say in bold of one kind of claim, with a chance of at most α that any of it is
/// wrong.
///
/// Every comparison is tested at several densities. While a comparison has a density that is not shown, it
/// is open, and the open ones divide α by their weights. Within a comparison
///
/// * *equivalence* goes in a fixed sequence from the densest density on, each tested at the comparison's whole
///   share: the claim "maintained from d₁ to d₂" ends before the first density that is not shown;
/// * *difference*, and *beyond the margin*, go by Holm: each density not shown is tested at the share over their
///   number, as effects may begin anywhere.
///
/// A comparison's share moves on only when every density of it is shown. It is the short form of a closed
/// test in which the hypotheses of an intersection are tested by Bonferroni: each comparison that has any of
/// them gets its share, on the densest of them or divided evenly. No share falls when the intersection gets smaller,
/// so the short form loses nothing, and the bound holds whatever the dependence between arms, densities and
/// comparisons. Where each comparison has one density it is Holm's procedure, weighted.
///
/// **Blocked** cells (a collapsed run, a missing pair) count as not shown, as though p were 1. As p can only
/// rise by it, this keeps the bound, though which cells are blocked is seen in the data. What is bounded then is
/// the chance of a false claim about runs that do not collapse; how often runs may collapse unseen is told by
/// ``FailureRate``, not by this test.
///
/// **Weights of zero** wait until every comparison with a weight is shown, and then share alike.
///
/// References: Marcus, Peritz and Gabriel, "On closed testing procedures with special reference to ordered
/// analysis of variance", Biometrika 63(3), 1976; Bretz, Maurer, Brannath and Posch, "A graphical approach to
/// sequentially rejective multiple test procedures", Statistics in Medicine 28(4), 2009.
package struct ClaimProcedure: Hashable, Sendable {
  /// One comparison of two arms, at several densities.
  package struct Comparison: Hashable, Sendable {
    /// Its part of α relative to the others', not below 0.
    package let weight: Double

    /// One p-value per density, from the densest on.
    package let pValues: [Double]

    /// The densities, by their index, that cannot be shown whatever their p-value is.
    package let blocked: Set<Int>

    /// A comparison by the p-values of its densities, from the densest on.
    package init(weight: Double = 1, pValues: [Double], blocked: Set<Int> = []) {
      self.weight = weight
      self.pValues = pValues
      self.blocked = blocked
    }
  }

  /// What is claimed.
  package let claim: Claim

  /// The bound of the chance that any claim is false.
  package let alpha: Double

  /// For each comparison and density, from the densest on, the smallest α at which it would be shown; 1 where
  /// none below 1 is enough, and where it is blocked or comes after a blocked one.
  package let adjusted: [[Double]]

  /// Runs the procedure.
  ///
  /// - Parameters:
  ///   - comparisons: the family; one without densities takes no part.
  ///   - claim: the kind of claim that the p-values test.
  ///   - alpha: strictly between 0 and 1.
  /// - Throws: `StatisticsError.parameterOutside` for another α, a weight that is negative or not finite, and
  ///   values that are no p-values.
  package init(_ comparisons: [Comparison], showing claim: Claim, alpha: Double) throws {
    guard 0 < alpha && alpha < 1 else {
      throw StatisticsError.parameterOutside(
        name: "α", value: alpha, allowed: "strictly between 0 and 1")
    }
    for comparison in comparisons {
      guard 0 <= comparison.weight && comparison.weight < .infinity else {
        throw StatisticsError.parameterOutside(
          name: "a comparison's weight", value: comparison.weight,
          allowed: "finite and at least 0")
      }
      try requirePValues(comparison.pValues)
    }
    self.claim = claim
    self.alpha = alpha
    adjusted = Self.adjusted(comparisons, showing: claim)
  }

  /// Whether a density of a comparison is shown.
  package func isShown(_ comparison: Int, _ density: Int) -> Bool {
    adjusted[comparison][density] <= alpha
  }

  /// The densities of a comparison that are shown, by their index.
  package func shown(_ comparison: Int) -> [Int] {
    adjusted[comparison].indices.filter { isShown(comparison, $0) }
  }

  /// The densities of a comparison shown here and not by `other`.
  ///
  /// Where `other` has the p-values of ``CrossedComparison``, these are the claims that would not survive new
  /// test examples.
  package func shown(_ comparison: Int, butNotBy other: ClaimProcedure) -> [Int] {
    shown(comparison).filter { !other.isShown(comparison, $0) }
  }
}

extension ClaimProcedure {
  /// What of a comparison is still to be shown.
  private struct Queue {
    let weight: Double
    /// Densities not shown, blocked ones included.
    var open: Int
    /// Densities that may be shown, the next one last.
    var waiting: [Int]

    init(_ comparison: Comparison, showing claim: Claim) {
      weight = comparison.weight
      open = comparison.pValues.count
      let densities = comparison.pValues.indices
      let order =
        switch claim {
        case .equivalence: Array(densities.prefix { !comparison.blocked.contains($0) })
        case .difference, .beyondMargin:
          densities.filter { !comparison.blocked.contains($0) }
            .sorted { comparison.pValues[$0] < comparison.pValues[$1] }
        }
      waiting = order.reversed()
    }
  }

  /// α grows from event to event, as in algorithm 2 of Bretz et al.: of all cells that may be shown next, the one
  /// that needs the smallest α is; and no cell needs less than one before it did.
  private static func adjusted(_ comparisons: [Comparison], showing claim: Claim) -> [[Double]] {
    var adjusted = comparisons.map { $0.pValues.map { _ in 1.0 } }
    var queues = comparisons.map { Queue($0, showing: claim) }
    var reached = 0.0
    while true {
      let open = queues.indices.filter { queues[$0].open > 0 }
      let weight = open.reduce(0) { $0 + queues[$1].weight }
      /// The α at which the next density of a comparison is shown.
      func needed(_ index: Int) -> Double {
        let queue = queues[index]
        guard let density = queue.waiting.last else { return .infinity }
        let share = weight > 0 ? queue.weight / weight : 1 / Double(open.count)
        let divisor = claim == .equivalence ? 1 : Double(queue.open)
        return share > 0 ? comparisons[index].pValues[density] * divisor / share : .infinity
      }
      let next = open.map { (index: $0, alpha: needed($0)) }.min { $0.alpha < $1.alpha }
      guard let next, next.alpha < 1, let density = queues[next.index].waiting.popLast() else {
        return adjusted
      }
      reached = max(reached, next.alpha)
      adjusted[next.index][density] = reached
      queues[next.index].open -= 1
    }
  }
}
