import Laboratory

/// A look of a suite that runs until it is decided.
package struct SuiteLook: Hashable, Sendable {
  /// From 1.
  package let number: Int
  /// How many there may be.
  package let count: Int
  /// Replicates of what is open still.
  package let replicates: Int
  /// Densities of comparisons that the look before left open; `nil` at the first.
  package let open: Int?
  /// All densities of comparisons; `nil` at the first look.
  package let densities: Int?

  /// How far the suite is.
  package var words: String {
    let open = self.open.flatMap { open in densities.map { ", \(open) of \($0) densities open" } }
    return "look \(number) of \(count)" + (open ?? "")
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
    var (number, left) = (1, Undecided<A>?.none)
    plan = try AnalysisPlan(expanding: suite, analysis) { plan in
      guard let store, number < looks.sizes.count else { return nil }
      let records = Records(of: plan.artifacts, in: store)
      guard records.missing(behind: plan.cells) == 0 else { return nil }
      var terms = try Terms(analysis, suite, plan, records)
      try terms.register(store.statements(analysis, suite, plan, having: records.keys))
      let rows = try analysis.rows(suite, plan.cells, records)
      guard let undecided = try analysis.undecided(after: rows, terms) else { return nil }
      left = undecided
      number += 1
      return (looks.sizes[number - 2] + 1...looks.sizes[number - 1], undecided.analysis)
    }
    current = SuiteLook(
      number: number, count: looks.sizes.count, replicates: looks.sizes[number - 1],
      open: left?.open, densities: left?.all)
  }
}
