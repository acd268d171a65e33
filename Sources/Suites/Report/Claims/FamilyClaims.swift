import Statistics

/// What may be said in bold about a family of comparisons: of each, at which densities sameness is shown and at
/// which a difference.
package struct FamilyClaims<Arms: ComparedArms> {
  /// The comparisons that share α, each with the cells that its verdicts rest on: those of the look that decided
  /// them, or of the last one.
  package let judged: [JudgedComparison<Arms>]

  /// Tests `comparisons`, each kind of claim at a familywise error of α.
  package init(_ comparisons: [Arms], _ scale: ComparisonScale) throws {
    var family = try JudgedFamily(comparisons, scale)
    if let looks = scale.looks {
      for size in looks.sizes where try !family.look(after: size) { break }
    } else {
      _ = try family.look(after: nil)
    }
    judged = family.judged
  }
}

/// A family between its looks.
private struct JudgedFamily<Arms: ComparedArms> {
  private let scale: ComparisonScale
  private let comparisons: [Arms]
  private var cells: [[ComparisonCell]]
  private var changes: [[DensityVerdict.Change?]]
  private var seen: [[Int]]
  private var claims: SequentialClaims
  /// The same over replicates and test examples; `nil` where no answers are known.
  private var crossed: SequentialClaims?

  init(_ comparisons: [Arms], _ scale: ComparisonScale) throws {
    self.scale = scale
    self.comparisons = comparisons
    cells = comparisons.map(\.cells)
    changes = cells.map { $0.map { _ in nil } }
    seen = cells.map { $0.map { _ in 0 } }
    // One look spends all of α, however many replicates it has.
    let looks = try scale.looks ?? Looks([2])
    claims = SequentialClaims(
      densities: cells.map(\.count), weights: comparisons.map(\.weight), looks: looks,
      alpha: scale.rule.alpha,
      claims: looks.areSeveral ? Claim.allCases : [.equivalence, .difference])
    crossed = cells.joined().contains { $0.crossed != nil } ? claims : nil
  }

  /// Takes the look after `count` replicates, or at all of them; `false` where nothing that is open has so many.
  mutating func look(after count: Int?) throws -> Bool {
    var findings = cells.map { $0.map { _ in SequentialClaims.Finding?.none } }
    var crossedFindings = findings
    for (comparison, arms) in comparisons.enumerated() {
      for (density, all) in arms.cells.enumerated() where isOpen(comparison, density) {
        guard all.replicates.count >= count ?? 0 else { continue }
        let cell = try count.map(all.first) ?? all
        cells[comparison][density] = cell
        findings[comparison][density] = try finding(cell, arms.sameness, isCrossed: false)
        crossedFindings[comparison][density] = try finding(cell, arms.sameness, isCrossed: true)
      }
    }
    guard findings.joined().contains(where: { $0 != nil }) else { return false }
    for (comparison, row) in findings.enumerated() {
      for (density, finding) in row.enumerated() where finding != nil {
        seen[comparison][density] = claims.taken + 1
      }
    }
    try claims.look(findings)
    try crossed?.look(crossedFindings)
    for (comparison, row) in claims.cells.enumerated() {
      // A larger difference that is shown later says more of the sign than a difference did.
      for (density, cell) in row.enumerated()
      where [.difference, .beyondMargin].contains(where: { cell.shownAt[$0] == claims.taken - 1 }) {
        let mean = cells[comparison][density].mean ?? 0
        changes[comparison][density] = mean < 0 ? .lowered : .raised
      }
    }
    return true
  }

  /// Whether a further look may decide a density: what allows no statement is not run again either.
  private func isOpen(_ comparison: Int, _ density: Int) -> Bool {
    claims.isOpen(comparison, density)
      && (claims.taken == 0 || !cells[comparison][density].isVoid)
  }

  private func finding(_ cell: ComparisonCell, _ sameness: Sameness, isCrossed: Bool) throws
    -> SequentialClaims.Finding
  {
    var pValues: [Claim: Double] = [:]
    for claim in claims.claims {
      pValues[claim] =
        if isCrossed, let crossed = cell.crossed {
          try crossed.pValue(
            toShow: claim, sameness, margin: scale.rule.margin, floor: scale.floor)
        } else {
          cell.comparison?.pValue(toShow: claim, sameness) ?? 1
        }
    }
    return SequentialClaims.Finding(pValues: pValues, blocked: blocked(cell))
  }

  private func blocked(_ cell: ComparisonCell) -> Set<Claim> {
    // Before all runs of a look are there it is no look.
    if cell.isVoid || claims.looks.areSeveral && !cell.missing.isEmpty {
      return Set(Claim.allCases)
    }
    return cell.block == nil ? [] : [.equivalence]
  }

  var judged: [JudgedComparison<Arms>] {
    comparisons.indices.map { index in
      var comparison = comparisons[index]
      comparison.cells = cells[index]
      return JudgedComparison(
        comparison: comparison,
        verdicts: cells[index].indices.map { verdict(index, $0) })
    }
  }

  private func verdict(_ comparison: Int, _ density: Int) -> DensityVerdict {
    let found = claims.cells[comparison][density]
    let surviving = crossed?.cells[comparison][density].shownAt
    return DensityVerdict(
      cell: cells[comparison][density], isMaintained: found.shownAt[.equivalence] != nil,
      change: changes[comparison][density],
      adjustedEquivalence: found.adjusted[.equivalence] ?? 1,
      adjustedDifference: found.adjusted[.difference] ?? 1,
      adjustedBeyond: claims.looks.areSeveral ? found.adjusted[.beyondMargin] ?? 1 : nil,
      isFragile: surviving.map { surviving in
        claims.claims.contains {
          found.shownAt[$0] != nil && surviving[$0] == nil
        }
      } ?? false,
      looks: claims.looks.areSeveral ? found.shownAt.mapValues { $0 + 1 } : [:],
      seen: seen[comparison][density], all: comparisons[comparison].cells[density],
      isOpen: isOpen(comparison, density))
  }
}
