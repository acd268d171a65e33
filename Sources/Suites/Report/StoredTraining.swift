import Foundation
import Laboratory
import Recipes

extension Store {
  /// An artifact's result; `nil` where the store lacks it.
  func result<Result: Decodable>(of key: Key) throws -> Result? {
    guard let record = try? record(of: key) else { return nil }
    return try JSONDecoder().decode(Result.self, from: record.result)
  }

  /// A training's result, of a subnetwork with its mask's; `nil` where the store lacks a part of it.
  func training(_ artifacts: TrainingArtifacts, under mask: MaskResult?) throws -> TrainingResult? {
    guard let state: StateResult = try result(of: artifacts.state) else { return nil }
    let trace: TraceResult? = try artifacts.trace.flatMap { try result(of: $0) }
    guard trace != nil || artifacts.trace == nil else { return nil }
    var reinitialization: TrainingResult.Reinitialization?
    if let original = artifacts.original, let mask,
      let stored: StateResult = try result(of: original)
    {
      reinitialization = .init(of: stored, to: state, kept: mask.audit.layers.map(\.kept))
    }
    return TrainingResult(state: state, trace: trace, reinitialization: reinitialization)
  }
}

extension TrainingArtifacts {
  /// Seconds of all that was made of a training beside what others share.
  func seconds(_ seconds: (Key) -> Double?) -> Double? {
    let known = [state, trace].compactMap { $0.flatMap(seconds) }
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}
