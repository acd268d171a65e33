import Randomness
import Recipes

/// The random streams of one replicate.
///
/// Comparisons are paired within a replicate, so everything that is not under comparison is drawn
/// alike: initialization, data order and the reinitialized network are common to all methods,
/// ablations and densities, and a scoring set to all methods of one criterion. What makes a method
/// or an ablation is drawn apart: the scores of each random method, and each shuffle.
struct AblationStreams {
  private let root: StreamPath

  /// The streams of a replicate, counted from 1.
  init(seed: UInt64, replicate: Int) {
    root = StreamPath(seed: seed) / "replicate \(replicate)"
  }

  /// Draws the network at step 0.
  var initialization: StreamPath { root / "initialization" }

  /// Draws the order of examples, in every training.
  var order: StreamPath { root / "order" }

  /// Draws the fresh network of the reinitialize ablation.
  var reinitialization: StreamPath { root / "reinitialization" }

  /// Draws the scoring set of `criterion` (and OBD's probes), or the scores of the random `method`.
  func scoring(_ criterion: CriterionSpecification, method: String) -> StreamPath {
    let stream = root / "scoring" / criterion.name
    return criterion.descriptor.reads == .nothing ? stream / method : stream
  }

  /// Draws the order of examples at `level` of a ladder whose data order is fresh.
  func order(ofLevel level: Int) -> StreamPath { order / "level \(level)" }

  /// Draws what `ablation` does to a mask; `inversion` tells whose.
  func ablation(
    _ ablation: Ablation, method: String, inversion: AblationCombination, density: Density
  ) -> StreamPath {
    let stream = root / ablation.name / method / density.description
    return inversion == .none ? stream : stream / inversion.name
  }
}
