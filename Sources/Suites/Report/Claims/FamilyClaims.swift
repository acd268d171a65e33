import Statistics

/// What may be said in bold about a family of comparisons: of each, at which densities sameness is shown and at
/// which a difference.
package struct FamilyClaims<Arms: ComparedArms> {
  /// The comparisons that share α.
  package let comparisons: [Arms]
  private let equivalence: ClaimProcedure
  private let difference: ClaimProcedure
  /// The same over replicates and test examples; `nil` where no answers are known.
  private let crossed: (equivalence: ClaimProcedure, difference: ClaimProcedure)?

  /// Tests `comparisons`, each kind of claim at a familywise error of α.
  package init(_ comparisons: [Arms], _ scale: ComparisonScale) throws {
    self.comparisons = comparisons
    func procedure(_ claim: Claim, isCrossed: Bool) throws -> ClaimProcedure {
      try ClaimProcedure(
        comparisons.map { comparison in
          let cells = comparison.cells
          return ClaimProcedure.Comparison(
            weight: comparison.weight,
            pValues: try cells.map { cell in
              if isCrossed, let crossed = cell.crossed {
                return try crossed.pValue(
                  toShow: claim, comparison.sameness, margin: scale.rule.margin,
                  floor: scale.floor)
              }
              return cell.comparison?.pValue(toShow: claim, comparison.sameness) ?? 1
            },
            blocked: Set(
              cells.indices.filter {
                cells[$0].isVoid || claim == .equivalence && cells[$0].block != nil
              }))
        }, showing: claim, alpha: scale.rule.alpha)
    }
    equivalence = try procedure(.equivalence, isCrossed: false)
    difference = try procedure(.difference, isCrossed: false)
    crossed =
      comparisons.contains { $0.cells.contains { $0.crossed != nil } }
      ? (
        try procedure(.equivalence, isCrossed: true), try procedure(.difference, isCrossed: true)
      ) : nil
  }

  /// The comparisons with their verdicts.
  package var judged: [JudgedComparison<Arms>] {
    comparisons.enumerated().map {
      JudgedComparison(comparison: $1, verdicts: verdicts($0))
    }
  }

  /// What is claimed of each density of the comparison at `index`.
  private func verdicts(_ index: Int) -> [DensityVerdict] {
    comparisons[index].cells.enumerated().map { density, cell in
      let isMaintained = equivalence.isShown(index, density)
      let isDifferent = difference.isShown(index, density)
      let isFragile =
        crossed.map { crossed in
          isMaintained && !crossed.equivalence.isShown(index, density)
            || isDifferent && !crossed.difference.isShown(index, density)
        } ?? false
      return DensityVerdict(
        cell: cell, isMaintained: isMaintained,
        change: isDifferent ? (cell.mean ?? 0) < 0 ? .lowered : .raised : nil,
        adjustedEquivalence: equivalence.adjusted[index][density],
        adjustedDifference: difference.adjusted[index][density], isFragile: isFragile)
    }
  }
}
