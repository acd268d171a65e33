package import Laboratory
package import Recipes

extension ScoredReplicate {
  /// The walk that trains the subnetwork under `mask` as `method` says: all analyses that train it share it.
  ///
  /// - Parameters:
  ///   - precision: the suite's unless stated.
  ///   - words: what it is called beside its replicate.
  package func walk(
    of method: Method, under mask: Key, precision: Precision? = nil, words: String,
    in builder: inout PlanBuilder
  ) throws -> PlannedWalk {
    // Rewinding the schedule rewinds the data order with it: only the weights differ.
    let (training, start, offset) =
      switch method.continuation.length {
      case .schedule(let from): (suite.training, suite.iterations(before: .step(from)), 0)
      case .fineTuning(let duration):
        (
          suite.training.fineTuning(for: duration), 0,
          suite.problem.network.program == nil ? 0 : suite.duration
        )
      }
    return try walk(
      from: suite.iterations(before: method.continuation.weights), firstStep: start,
      scheduleOffset: offset, training: training, precision: precision, under: mask, words: words,
      in: &builder)
  }
}
