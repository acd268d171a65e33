import CGSL
import Foundation
package import Randomness

/// A selection at random from groups: when does one of them come out empty?
package struct RandomSelection: Hashable, Sendable {
  /// Members of each group.
  package let sizes: [Int]

  /// Groups of at least one member each.
  package init(sizes: [Int]) throws {
    for size in sizes where size < 1 {
      throw StatisticsError.parameterOutside(
        name: "a group's size", value: Double(size), allowed: "at least 1")
    }
    self.sizes = sizes
  }

  /// Members of all groups.
  package var total: Int { sizes.reduce(0, +) }

  /// The probability that `kept` members drawn without replacement leave each group empty:
  /// `C(N − nₗ, kept) / C(N, kept)`, by `gsl_ran_hypergeometric_pdf`.
  package func emptyProbabilities(keeping kept: Int) -> [Double] {
    sizes.map { size in
      gsl_ran_hypergeometric_pdf(0, UInt32(size), UInt32(total - size), UInt32(kept))
    }
  }

  /// The smallest number kept that leaves no group empty, in one draw of a random ranking.
  ///
  /// Independent uniform scores rank at random. A group's highest score is `u^(1/n)`; the lowest of these
  /// over groups is the last group's only kept member, and above it each other group has its highest and
  /// a binomial number of the rest. The law is exact, and no member is touched.
  package func smallestWhole(_ stream: inout RandomStream) -> Int {
    // 1 − u^(1/n), which double precision holds where the score itself would round to 1.
    let gaps = sizes.map { -expm1(log(1 - stream.uniform()) / Double($0)) }
    let last = gaps.indices.max { gaps[$0] < gaps[$1] }!
    return sizes.indices.reduce(1) { kept, index in
      guard index != last else { return kept }
      let between = (gaps[last] - gaps[index]) / (1 - gaps[index])
      return kept + 1 + stream.binomial(sizes[index] - 1, probability: min(max(between, 0), 1))
    }
  }

  /// The compressions `N / smallest whole count` of `draws` random rankings, in ascending order.
  package func criticalCompressions(draws: Int, stream: inout RandomStream) -> [Double] {
    (0..<draws).map { _ in Double(total) / Double(smallestWhole(&stream)) }.sorted()
  }

  /// The quantile at `fraction` of ascending values, between neighbours by proportion
  /// (`gsl_stats_quantile_from_sorted_data`).
  package static func quantile(_ sorted: [Double], at fraction: Double) -> Double {
    gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, fraction)
  }
}
