/// Whether the differences of many cells lean to one side together, where each by itself has too few replicates to
/// tell.
///
/// z = Σ (b₁ / standard error) / √k over k cells, each a comparison at a density. Of independent normal
/// samples z has mean 0 and standard deviation 1; that ablations of a method share their unablated runs widens it
/// by a twentieth. In suites of fifteen comparisons at six densities |z| lies beyond 3, by simulation, in 0.5 % where
/// differences are normal, in all where they are exponential, and where they have a skewness of 1 in 86 % with five
/// replicates and in all with eight. Tails of both directions cancel.
package struct PooledSkewness: Hashable, Sendable {
  /// The number of cells, k.
  package let cellCount: Int

  /// z; below 0 where the long tails are the lower ones.
  package let zScore: Double

  /// Whether z lies beyond 3: p-values of t-tests in these cells are not to be trusted.
  package var isLarge: Bool { abs(zScore) > 3 }

  /// Pools at least one cell; `nil` for none.
  package init?(_ cells: [Skewness]) {
    guard !cells.isEmpty else { return nil }
    cellCount = cells.count
    zScore =
      cells.reduce(0) { $0 + $1.value / $1.standardError } / Double(cells.count).squareRoot()
  }
}
