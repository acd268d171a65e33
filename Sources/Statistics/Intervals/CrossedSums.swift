/// The sums of d_ri over replicates r and test examples i, d being whether the treated run is right minus
/// whether the control run is: −1, 0 or 1.
///
/// Rows are added one by one and not kept: one number per replicate, one per example and one in all are enough
/// for a two-way analysis of variance, and all are whole numbers.
package struct CrossedSums: Hashable, Sendable {
  /// Σ_i d_ri of each replicate.
  package private(set) var replicates: [Int] = []

  /// Σ_r d_ri of each example.
  package private(set) var examples: [Int]

  /// Σ_ri d_ri², the number of answers in which the arms differ.
  package private(set) var squares = 0

  /// The sums of no replicate on `exampleCount` examples.
  package init(exampleCount: Int) {
    examples = Array(repeating: 0, count: exampleCount)
  }

  /// Adds a replicate.
  ///
  /// - Throws: `StatisticsError.parameterOutside` for rows of another number of examples.
  package mutating func add(treated: Answers, control: Answers) throws {
    for row in [treated, control] where row.count != examples.count {
      throw StatisticsError.parameterOutside(
        name: "the number of answers of a run", value: Double(row.count),
        allowed: "\(examples.count), the number of test examples")
    }
    var sum = 0
    for (index, words) in zip(treated.words, control.words).enumerated() {
      // Two runs agree on most examples, so the few that differ are visited one by one.
      sum += add(1, at: words.0 & ~words.1, of: index)
      sum += add(-1, at: words.1 & ~words.0, of: index)
    }
    replicates.append(sum)
  }

  /// Adds `value` to the examples whose bits are set in word `index`, and returns the sum.
  private mutating func add(_ value: Int, at bits: UInt64, of index: Int) -> Int {
    var rest = bits
    while rest != 0 {
      examples[64 * index + rest.trailingZeroBitCount] += value
      rest &= rest - 1
    }
    squares += bits.nonzeroBitCount
    return value * bits.nonzeroBitCount
  }
}
