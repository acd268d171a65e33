import Statistics

/// What a ``SimulatedSuite`` came to once, all replicates of it, and what is found of it after some of them.
struct SimulatedOutcome {
  /// An ablated and an unablated run of the same replicate.
  struct Pair {
    /// Ablated minus unablated.
    let difference: Double

    /// Whether either run collapsed.
    let isCollapsed: Bool
  }

  /// By comparison and density, from the densest on: the replicates in order.
  let pairs: [[[Pair]]]

  /// The p-values of a claim after so many replicates, sameness blocked where a run collapsed.
  func comparisons(
    showing claim: Claim, after replicates: Int
  ) throws -> [ClaimProcedure.Comparison] {
    try pairs.map { row in
      ClaimProcedure.Comparison(
        pValues: try row.map { try Self.pValue(toShow: claim, Self.summary($0, replicates)) },
        blocked: Set(
          row.indices.filter {
            claim == .equivalence && Self.isCollapsed(row[$0], replicates)
          }))
    }
  }

  /// What a look after so many replicates finds, by comparison and density.
  func findings(after replicates: Int) throws -> [[SequentialClaims.Finding]] {
    try pairs.map { row in
      try row.map { pairs in
        let summary = try Self.summary(pairs, replicates)
        let pValues = try Claim.allCases.map { ($0, try Self.pValue(toShow: $0, summary)) }
        return SequentialClaims.Finding(
          pValues: Dictionary(uniqueKeysWithValues: pValues),
          blocked: Self.isCollapsed(pairs, replicates) ? [.equivalence] : [])
      }
    }
  }

  private static func summary(_ pairs: [Pair], _ replicates: Int) throws -> SampleSummary {
    try SampleSummary(pairs.prefix(replicates).map(\.difference))
  }

  private static func isCollapsed(_ pairs: [Pair], _ replicates: Int) -> Bool {
    pairs.prefix(replicates).contains(where: \.isCollapsed)
  }

  private static func pValue(toShow claim: Claim, _ summary: SampleSummary) throws -> Double {
    switch claim {
    case .equivalence: try EquivalenceTest(summary, margin: SimulatedSuite.margin).pValue
    case .difference: try TTest(summary).pValue
    case .beyondMargin: try BeyondMarginTest(summary, margin: SimulatedSuite.margin).pValue
    }
  }
}
