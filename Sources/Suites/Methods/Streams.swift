import Laboratory
import Randomness
import Recipes

/// The random streams of one replicate.
///
/// Comparisons are paired within a replicate, so everything that is not under comparison is drawn
/// alike: initialization, data order and the reinitialized network are common to all methods,
/// ablations and densities, and a scoring set to all methods of one criterion. What makes a method
/// or an ablation is drawn apart: the scores of each random method, and each shuffle. A stream hangs on what is
/// drawn, never on a name.
struct AblationStreams {
  private let root: StreamPath
  /// Draws the network at step 0.
  let initialization: StreamPath
  /// Draws the order of examples, in every training.
  let order: StreamPath
  /// Draws the fresh network of the reinitialize ablation.
  let reinitialization: StreamPath

  /// The streams of a replicate, counted from 1.
  init(seed: UInt64, replicate: Int) {
    root = StreamPath(seed: seed) / "replicate \(replicate)"
    initialization = root / "initialization"
    order = root / "order"
    reinitialization = root / "reinitialization"
  }

  /// Draws the scoring set of `criterion` (and OBD's probes), or random scores: those of a suite's second random
  /// method are `draw` 2.
  func scoring(_ criterion: CriterionSpecification, draw: Int = 1) -> StreamPath {
    let stream = root / "scoring" / criterion.name
    return draw == 1 ? stream : stream / "draw \(draw)"
  }

  /// Draws the order of examples at `level` of a ladder whose data order is fresh.
  func order(ofLevel level: Int) -> StreamPath { order / "level \(level)" }

  /// Draws the order of examples, and their augmentation, of a child of the dense network, from 1.
  func order(ofChild number: Int) -> StreamPath { order / "child \(number)" }

  /// Draws what `ablation` does to `mask`.
  func ablation(_ ablation: Ablation, of mask: Key) -> StreamPath {
    root / ablation.name / mask.description
  }
}
