/// Whether the values that a selection takes of a population lie as those do that are taken at random.
///
/// The measured D is the largest distance between the distribution functions of the k selected values and of all n. As all
/// are selected ones and others together, the distance between selected ones and others is D n / (n − k), and
///
///     p = P(K ≥ √(k (n − k) / n) · D n / (n − k)) = P(K ≥ √(k n / (n − k)) D)
///
/// with Kolmogorov's K, the limit of Smirnov's two-sample test. Selected and other values of a selection at random are
/// exchangeable, whatever the values: nothing is assumed of where they come from. The limit's p is too large
/// rather than too small, by up to 10 % of itself where the smaller part has a thousand values, by 20 % at a hundred,
/// and by more under ties.
///
/// The null is of one selection, made without looking at the values: it says nothing of other populations. Of a
/// million values it sees differences that matter to nobody: judge D beside ``expectedDistance``.
///
/// Reference: Smirnov, "On the estimation of the discrepancy between empirical curves of distribution for two
/// independent samples", Bulletin Mathématique de l'Université de Moscou 2(2), 1939.
package struct SelectionDistanceTest: Hashable, Sendable {
  /// D between the selected values and all.
  package let distance: Double

  /// About the mean D of selections at random, √(π/2) ln 2 √((n − k) / (k n)).
  package let expectedDistance: Double

  /// The two-sided p-value.
  package let pValue: Double

  /// Tests a measured distance.
  ///
  /// - Parameters:
  ///   - distance: D between the selected values and all, from 0 to 1.
  ///   - selected: k.
  ///   - population: n.
  /// - Returns: `nil` where nothing is selected, or all is.
  /// - Throws: `StatisticsError.parameterOutside`.
  package init?(distance: Double, selected: Int, population: Int) throws {
    guard (0...1).contains(distance) else {
      throw StatisticsError.parameterOutside(
        name: "the distance of a selection", value: distance, allowed: "from 0 to 1")
    }
    guard (0...population).contains(selected) else {
      throw StatisticsError.parameterOutside(
        name: "the number selected", value: Double(selected), allowed: "from 0 to \(population)")
    }
    guard selected > 0, selected < population else { return nil }
    let (k, n) = (Double(selected), Double(population))
    let scale = (k * n / (n - k)).squareRoot()
    self.distance = distance
    // √(π/2) ln 2 is Kolmogorov's mean.
    expectedDistance = (Double.pi / 2).squareRoot() * 0.693_147_180_559_945_3 / scale
    pValue = Kolmogorov.limitUpperTail(scale * distance)
  }
}
