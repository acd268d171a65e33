/// What a suite of comparisons may say in bold after each of its looks, with a chance of at most α per kind of
/// claim that any of it is ever wrong.
///
/// In the procedure of ``ClaimProcedure`` the p-value of a density is the smallest of p_k / e_k over the looks so
/// far (at most 1), ``Looks`` having the e_k: where a hypothesis is true it is no larger than a with a chance of
/// at most a, and as it never rises, claims once shown stay shown.
///
/// A density is **decided** where its equivalence is shown, or a difference larger than the margin; a difference
/// from zero alone may still be within the margin. What is decided is to be frozen: it brings no findings to later
/// looks.
package struct SequentialClaims: Sendable {
  /// What a look finds of one density of a comparison.
  package struct Finding: Hashable, Sendable {
    /// The p-values of claims on all replicates so far.
    package let pValues: [Claim: Double]

    /// Claims that cannot be made here whatever their p-value.
    package let blocked: Set<Claim>

    /// A finding.
    ///
    /// - Parameters:
    ///   - pValues: of every claim; one that is left out counts as 1.
    ///   - blocked: claims that can never be shown.
    package init(pValues: [Claim: Double], blocked: Set<Claim> = []) {
      self.pValues = pValues
      self.blocked = blocked
    }
  }

  /// What was found of one density so far.
  package struct Cell: Hashable, Sendable {
    /// The smallest p_k / e_k so far, at most 1; without a claim that was not possible at any look yet.
    package fileprivate(set) var smallest: [Claim: Double] = [:]

    /// The familywise error at which each claim would be shown, or is: as of the look that showed it.
    package fileprivate(set) var adjusted: [Claim: Double] = [:]

    /// The look at which each claim was first shown, from 0.
    package fileprivate(set) var shownAt: [Claim: Int] = [:]

    /// Claims that its last finding cannot make.
    package fileprivate(set) var blocked: Set<Claim> = []

    /// The look at which it was decided, from 0; `nil` while it is open.
    package var decidedAt: Int? {
      [Claim.equivalence, .beyondMargin].compactMap { shownAt[$0] }.min()
    }
  }

  /// The design of the looks.
  package let looks: Looks

  /// The familywise error of each kind of claim.
  package let alpha: Double

  /// The kinds of claim that are made.
  package let claims: [Claim]

  /// By comparison and density, from the densest on.
  package private(set) var cells: [[Cell]]

  /// How many looks were taken.
  package private(set) var taken = 0

  private let weights: [Double]

  /// A suite before its first look.
  ///
  /// - Parameters:
  ///   - densities: the number of densities of each comparison.
  ///   - weights: each comparison's part of α relative to the others'; 1 unless given.
  ///   - looks: when claims are tested.
  ///   - alpha: strictly between 0 and 1.
  ///   - claims: the kinds of claim, each with an α of its own.
  package init(
    densities: [Int], weights: [Double]? = nil, looks: Looks, alpha: Double,
    claims: [Claim] = Claim.allCases
  ) {
    self.looks = looks
    self.alpha = alpha
    self.claims = claims
    self.weights = weights ?? densities.map { _ in 1 }
    cells = densities.map { Array(repeating: Cell(), count: $0) }
  }

  /// Takes the next look.
  ///
  /// - Parameter findings: by comparison and density, from the densest on; `nil` of what is frozen.
  /// - Throws: `StatisticsError.parameterOutside` after the last look, for values that are no p-values, and for
  ///   an α and weights that ``ClaimProcedure`` refuses.
  package mutating func look(_ findings: [[Finding?]]) throws {
    guard taken < looks.sizes.count else {
      throw StatisticsError.parameterOutside(
        name: "a look", value: Double(taken + 1), allowed: "at most \(looks.sizes.count)")
    }
    let share = looks.shares[taken]
    for (comparison, row) in findings.enumerated() {
      for case (let density, let finding?) in row.enumerated() {
        try requirePValues(Array(finding.pValues.values))
        cells[comparison][density].blocked = finding.blocked
        for (claim, p) in finding.pValues where !finding.blocked.contains(claim) {
          let earlier = cells[comparison][density].smallest[claim] ?? 1
          cells[comparison][density].smallest[claim] = min(earlier, p / share)
        }
      }
    }
    for claim in claims { try judge(claim) }
    taken += 1
  }

  private mutating func judge(_ claim: Claim) throws {
    let procedure = try ClaimProcedure(
      zip(weights, cells).map { weight, row in
        ClaimProcedure.Comparison(
          weight: weight, pValues: row.map { $0.smallest[claim] ?? 1 },
          blocked: Set(
            row.indices.filter {
              row[$0].blocked.contains(claim) && row[$0].shownAt[claim] == nil
            }))
      }, showing: claim, alpha: alpha)
    for (comparison, row) in cells.enumerated() {
      for density in row.indices where row[density].shownAt[claim] == nil {
        cells[comparison][density].adjusted[claim] = procedure.adjusted[comparison][density]
        if procedure.isShown(comparison, density) {
          cells[comparison][density].shownAt[claim] = taken
        }
      }
    }
  }

  /// Whether a density is not decided.
  package func isOpen(_ comparison: Int, _ density: Int) -> Bool {
    cells[comparison][density].decidedAt == nil
  }
}
