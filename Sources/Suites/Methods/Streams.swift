package import Laboratory
package import Randomness
package import Recipes

/// The random streams of one replicate.
///
/// Comparisons are paired within a replicate, so everything that is not under comparison is drawn
/// alike: initialization, data order and the reinitialized network are common to all methods,
/// ablations and densities, and a scoring set to all methods of one criterion. What makes a method
/// or an ablation is drawn apart: the scores of each random method, and each shuffle. A stream hangs on what is
/// drawn, never on a name.
package struct AblationStreams {
  private let root: StreamPath
  /// Draws the network at step 0.
  package let initialization: StreamPath
  /// Draws the order of examples, in every training.
  package let order: StreamPath
  /// Draws the fresh network of the reinitialize ablation.
  package let reinitialization: StreamPath

  /// The streams of a replicate, counted from 1.
  package init(seed: UInt64, replicate: Int) {
    root = StreamPath(seed: seed) / "replicate \(replicate)"
    initialization = root / "initialization"
    order = root / "order"
    reinitialization = root / "reinitialization"
  }

  /// Draws the scoring set of `criterion` (and OBD's probes), or random scores: those of a suite's second random
  /// method are `draw` 2.
  package func scoring(_ criterion: CriterionSpecification, draw: Int = 1) -> StreamPath {
    let stream = root / "scoring" / criterion.name
    return draw == 1 ? stream : stream / "draw \(draw)"
  }

  /// Draws the order of examples at `level` of a ladder whose data order is fresh.
  package func order(ofLevel level: Int) -> StreamPath { order / "level \(level)" }

  /// Draws the order of examples, and their augmentation, of a child of the dense network, from 1.
  package func order(ofChild number: Int) -> StreamPath { order / "child \(number)" }

  /// Draws what `ablation` does to `mask`.
  package func ablation(_ ablation: Ablation, of mask: Key) -> StreamPath {
    root / ablation.name / mask.description
  }

  /// Draws what the alignment of networks under `masks` draws.
  package func matching(of masks: [Key]) -> StreamPath {
    masks.reduce(root / "matching") { $0 / $1.description }
  }
}
