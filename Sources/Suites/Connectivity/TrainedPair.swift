package import Laboratory
package import Randomness
import Recipes

/// Two networks of one replicate with nothing in common: each has an initialization and an order of
/// examples of its own.
package struct TrainedPair {
  /// The trainings, which keep the last weights.
  package let start, end: Key
  /// Draws what belongs to the pair.
  package let stream: StreamPath

  /// Adds the trainings of the pair that is replicate `number`.
  package init(_ suite: Suite, _ number: Int, to builder: inout PlanBuilder) throws {
    let members = try NetworkFamily(
      suite: suite, origin: .independent, sharing: .own, replicate: number, count: 2
    ).add(nil, .one, to: &builder)
    (start, end) = (members[0].training, members[1].training)
    stream = StreamPath(seed: suite.seed) / "pair \(number)"
  }

  /// Both trainings by role.
  package var inputs: [String: Key] { [InputRole.start: start, InputRole.end: end] }
}
