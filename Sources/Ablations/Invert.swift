package import Pruning
package import Recipes

extension Selection {
  /// Which end of the ranking every iteration keeps.
  ///
  /// Inversion has two forms: `lowest`, as published, keeps the lowest-ranked weights in every iteration
  /// and may empty layers that the method keeps; `lowestWithinLayers` keeps each layer's count after
  /// each iteration as the method had it, so that only the choice within layers changes.
  /// Reference: Frankle, Dziugaite, Roy & Carbin, ICLR 2021, section 5.
  ///
  /// - Parameter counts: the method's kept weights per layer after each iteration; read by
  ///   `lowestWithinLayers` alone.
  package func keeping(counts: @autoclosure () throws -> [[Int]]) rethrows
    -> IterativePruning.Keeping
  {
    switch self {
    case .highest: .highest
    case .lowest: .lowest
    case .lowestWithinLayers: .lowestWithinLayers(try counts())
    }
  }
}
