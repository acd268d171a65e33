import Laboratory
import Randomness
import Recipes

/// Two networks of one replicate with nothing in common: each has an initialization and an order of
/// examples of its own.
///
/// Those of replicate r are the networks of replicates 2r − 1 and 2r of any other suite with this seed, so
/// that suites share their trainings.
struct TrainedPair {
  /// The trainings, which keep the last weights.
  let start, end: Key
  /// Draws what belongs to the pair.
  let stream: StreamPath
  /// What its artifacts cost.
  let costs: CostModel

  /// Adds the trainings of the pair that is replicate `number`.
  init(_ suite: Suite, _ number: Int, to builder: inout PlanBuilder) throws {
    let (first, second) = (
      ScoredReplicate(suite, 2 * number - 1), ScoredReplicate(suite, 2 * number)
    )
    guard let start = try first.addTraining(keeping: [suite.duration], to: &builder),
      let end = try second.addTraining(keeping: [suite.duration], to: &builder)
    else { preconditionFailure("a pair of networks that are not trained") }
    (self.start, self.end) = (start, end)
    stream = StreamPath(seed: suite.seed) / "pair \(number)"
    costs = first.costs
  }

  /// Both trainings by role.
  var inputs: [String: Key] { [InputRole.start: start, InputRole.end: end] }
}
