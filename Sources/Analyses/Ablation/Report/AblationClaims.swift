import Statistics

/// What may be said in bold about a family of comparisons: of each, at which densities sameness is shown and at
/// which a difference.
struct AblationClaims {
  /// The comparisons that share α.
  let comparisons: [ArmComparison]
  private let equivalence: ClaimProcedure
  private let difference: ClaimProcedure
  /// The same over replicates and test examples; `nil` where no answers are known.
  private let crossed: (equivalence: ClaimProcedure, difference: ClaimProcedure)?

  /// Tests `comparisons`, each kind of claim at a familywise error of α.
  init(_ comparisons: [ArmComparison], _ settings: AblationSettings) throws {
    self.comparisons = comparisons
    let cells = comparisons.map(\.cells)
    func procedure(_ claim: Claim, isCrossed: Bool) throws -> ClaimProcedure {
      try ClaimProcedure(
        zip(comparisons, cells).map { comparison, cells in
          ClaimProcedure.Comparison(
            weight: settings.weight(of: comparison.treated),
            pValues: try cells.map { cell in
              if isCrossed, let crossed = cell.crossed {
                return try crossed.pValue(
                  toShow: claim, margin: settings.margin, floor: settings.floor)
              }
              return cell.comparison?.pValue(toShow: claim) ?? 1
            },
            blocked: Set(
              cells.indices.filter {
                cells[$0].isVoid || claim == .equivalence && cells[$0].block != nil
              }))
        }, showing: claim, alpha: settings.alpha)
    }
    equivalence = try procedure(.equivalence, isCrossed: false)
    difference = try procedure(.difference, isCrossed: false)
    crossed =
      cells.joined().contains { $0.crossed != nil }
      ? (
        try procedure(.equivalence, isCrossed: true), try procedure(.difference, isCrossed: true)
      ) : nil
  }

  /// What is claimed of each density of the comparison at `index`.
  func verdicts(_ index: Int) -> [DensityVerdict] {
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

/// What a suite says of two arms at one density.
struct DensityVerdict {
  /// The sign of a difference that is shown.
  enum Change: String, Hashable, CaseIterable {
    case lowered, raised
  }

  let cell: ComparisonCell
  /// Whether the difference is shown to lie within the margin.
  let isMaintained: Bool
  /// Whether a difference is shown, and its sign.
  let change: Change?
  /// The smallest familywise errors at which these would be shown.
  let adjustedEquivalence, adjustedDifference: Double
  /// Whether a claim holds for this test set, and would not survive new test examples.
  let isFragile: Bool

  /// Whether neither is shown though it might have been.
  var isUndecided: Bool { !isMaintained && change == nil && cell.block == nil }
}
