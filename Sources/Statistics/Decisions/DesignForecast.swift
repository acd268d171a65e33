package import Randomness

/// What a design of looks may be expected to show, and to cost, where nothing differs: by simulation of normal
/// differences about zero.
///
/// Comparisons are drawn apart from each other. What is expected of one does not depend on the others but by what of
/// α they hand on, which arms in common change little.
package struct DesignForecast: Hashable, Sendable {
  /// One comparison, at several densities.
  package struct Chain: Hashable, Sendable {
    /// Its part of α relative to the others'.
    package let weight: Double

    /// What its two arms are called, to tell which comparisons share one.
    package let arms: [String]

    /// The standard deviation of the differences at each density, from the densest on.
    package let deviations: [Double]

    /// The densities, to tell which runs of an arm two comparisons share; numbered from 0 unless given.
    package let densities: [Double]

    /// What equivalence means.
    package let sameness: Sameness

    /// A comparison.
    package init(
      weight: Double = 1, arms: [String], deviations: [Double], densities: [Double]? = nil,
      sameness: Sameness = .withinMargin
    ) {
      (self.weight, self.arms, self.deviations) = (weight, arms, deviations)
      self.densities = densities ?? deviations.indices.map(Double.init)
      self.sameness = sameness
    }
  }

  /// The chance that equivalence is shown by the last look, by comparison and density.
  package let power: [[Double]]

  /// The part of all densities that is shown at each look or before.
  package let shares: [Double]

  /// Replicates of an arm at a density on average: an arm goes on while a comparison with it is open there.
  package let replicates: Double

  /// Simulates `trials` outcomes.
  ///
  /// - Throws: `StatisticsError`, as ``SequentialClaims`` does.
  package init(
    of chains: [Chain], _ looks: Looks, _ rule: DecisionRule, trials: Int = 200,
    _ stream: inout RandomStream
  ) throws {
    var power = chains.map { $0.deviations.map { _ in 0.0 } }
    var shares = looks.sizes.map { _ in 0.0 }
    var replicates = 0.0
    let cells = Double(max(1, power.reduce(0) { $0 + $1.count }))
    for _ in 0..<trials {
      let outcome = try Self.outcome(of: chains, looks, rule, &stream)
      for (comparison, row) in outcome.enumerated() {
        for (density, cell) in row.enumerated() {
          guard let look = cell.shownAt[.equivalence] else { continue }
          power[comparison][density] += 1 / Double(trials)
          for later in look..<shares.count { shares[later] += 1 / (cells * Double(trials)) }
        }
      }
      replicates += Self.replicates(of: chains, outcome, looks) / Double(trials)
    }
    (self.power, self.shares, self.replicates) = (power, shares, replicates)
  }

  private static func outcome(
    of chains: [Chain], _ looks: Looks, _ rule: DecisionRule, _ stream: inout RandomStream
  ) throws -> [[SequentialClaims.Cell]] {
    var claims = SequentialClaims(
      densities: chains.map(\.deviations.count), weights: chains.map(\.weight), looks: looks,
      alpha: rule.alpha, claims: [.equivalence, .beyondMargin])
    var differences = chains.map { $0.deviations.map { _ in [Double]() } }
    for size in looks.sizes {
      var findings = differences.map { $0.map { _ in SequentialClaims.Finding?.none } }
      for (comparison, chain) in chains.enumerated() {
        for (density, deviation) in chain.deviations.enumerated()
        where claims.isOpen(comparison, density) {
          while differences[comparison][density].count < size {
            differences[comparison][density].append(deviation * stream.normal())
          }
          let summary = try SampleSummary(differences[comparison][density])
          findings[comparison][density] = .init(pValues: [
            .equivalence: try summary.pValue(
              toShow: .equivalence, chain.sameness, margin: rule.margin),
            .beyondMargin: try BeyondMarginTest(summary, margin: rule.margin).pValue,
          ])
        }
      }
      try claims.look(findings)
    }
    return claims.cells
  }

  private static func replicates(
    of chains: [Chain], _ cells: [[SequentialClaims.Cell]], _ looks: Looks
  ) -> Double {
    var ends: [String: [Double: Int]] = [:]
    for (chain, row) in zip(chains, cells) {
      for (density, cell) in zip(chain.densities, row) {
        let end = cell.decidedAt.map { looks.sizes[$0] } ?? looks.last
        for arm in chain.arms {
          ends[arm, default: [:]][density] = max(end, ends[arm]?[density] ?? 0)
        }
      }
    }
    return Sample.mean(ends.values.flatMap(\.values).map(Double.init))
  }
}
