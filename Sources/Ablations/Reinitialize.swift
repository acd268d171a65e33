package import Networks
package import Recipes

extension TrainingResult.Reinitialization {
  /// The audit of the reinitialize ablation: a fresh network at step 0 takes the place of the method's
  /// own continuation weights, and nearly all of its kept weights must differ from them.
  ///
  /// Reference: Frankle, Dziugaite, Roy & Carbin, ICLR 2021, section 5.
  package init(of original: Weights, to fresh: Weights, under mask: Mask) throws {
    self.init(
      differing: try original.keptDiffering(from: fresh, under: mask), kept: mask.keptCount)
  }
}
