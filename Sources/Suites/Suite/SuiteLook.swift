import Laboratory

/// A look of a suite that runs until it is decided.
package struct SuiteLook: Hashable, Sendable {
  /// From 1.
  package let number: Int
  /// How many there may be.
  package let count: Int
  /// Whether all of its results are there, and no other look comes after it.
  package let isLast: Bool
  /// Densities of comparisons that the look before left open, or the last one; `nil` at the first.
  package let open: Int?
  /// All densities of comparisons; `nil` at the first look.
  package let densities: Int?

  /// How far the suite is.
  package var words: String {
    let open = self.open.flatMap { open in densities.map { ", \(open) of \($0) densities open" } }
    return "look \(number) of \(count)\(isLast ? " taken" : "")" + (open ?? "")
  }
}

/// The looks that a store has the results of, and the next one.
struct LooksTaken<A: Analysis> {
  let plan: AnalysisPlan<A.Cell>
  /// `nil` in suites of one look.
  let current: SuiteLook?

  /// The first look of `suite`, and, as far as `store` has all results of the one before, the others.
  init(_ analysis: A, _ suite: Suite, _ store: Store?) throws {
    guard let looks = suite.looks else {
      plan = try AnalysisPlan(expanding: suite, analysis)
      current = nil
      return
    }
    var (number, left, isLast) = (1, Undecided<A>?.none, false)
    plan = try AnalysisPlan(expanding: suite, analysis) { plan in
      guard let store else { return nil }
      let records = Records(of: plan.artifacts, in: store)
      guard records.missing(behind: plan.cells) == 0 else { return nil }
      let terms = try Terms(analysis, suite, plan, records, in: store)
      let undecided = try analysis.undecided(
        after: try terms.rows(analysis, suite, plan, records), terms)
      left = undecided
      isLast = undecided.open == 0 || number == looks.sizes.count
      guard !isLast else { return nil }
      number += 1
      return (looks.sizes[number - 2] + 1...looks.sizes[number - 1], undecided.analysis)
    }
    current = SuiteLook(
      number: number, count: looks.sizes.count, isLast: isLast, open: left?.open,
      densities: left?.all)
  }
}
