package import Laboratory
package import Recipes

extension Records {
  /// A training's result, of a subnetwork with its mask's; `nil` where a part of it is missing.
  package func training(_ artifacts: TrainingArtifacts, under mask: MaskResult?) throws
    -> TrainingResult?
  {
    guard let state: StateResult = try result(of: artifacts.state) else { return nil }
    let trace: TraceResult? = try artifacts.trace.flatMap { try result(of: $0) }
    guard trace != nil || artifacts.trace == nil else { return nil }
    var reinitialization: TrainingResult.Reinitialization?
    if let key = artifacts.original, let mask, let original: StateResult = try result(of: key) {
      reinitialization = .init(of: original, to: state, kept: mask.audit.layers.map(\.kept))
    }
    return TrainingResult(state: state, trace: trace, reinitialization: reinitialization)
  }

  /// Seconds of work on a training, beside what others share.
  package func seconds(of artifacts: TrainingArtifacts) -> Double? {
    let known = artifacts.keys.compactMap { seconds(of: $0) }
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}

extension TrainingArtifacts {
  /// Those without which there is no result.
  package var keys: [Key] { [state] + (trace.map { [$0] } ?? []) }
}
