package import Recipes

/// A square grid in a plane.
package struct PlaneGrid: Hashable, Sendable {
  /// Points along each axis.
  package let side: Int
  /// How far it reaches beyond the three networks, as a part of their extent.
  package let margin: Double

  /// A grid.
  package init(side: Int, margin: Double) {
    self.side = side
    self.margin = margin
  }
}

extension PlaneGrid {
  /// Points along each axis unless stated: as many as in Garipov et al. (NeurIPS 2018).
  package static let standard = 21

  /// The plane through three of `suite`'s networks, measured under one policy of batch norm's statistics.
  package func recipe(
    of suite: Suite, corners: [PlaneRecipe.Corner], _ measurement: MeasurementDesign
  ) -> PlaneRecipe {
    PlaneRecipe(
      problem: suite.problem, corners: corners, side: side, margin: margin,
      measurement: measurement.measurement(of: suite).underOnePolicy, precision: suite.precision)
  }

  /// Reads `side:` and `margin:`, each of which may be left out.
  package init(reading side: Field?, _ margin: Field?) {
    self.init(
      side: side?.integer(3...501) ?? Self.standard,
      margin: margin?.number("a number from 0 to 10") { (0...10).contains($0) } ?? 0.2)
  }
}
