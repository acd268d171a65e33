import Laboratory
import Recipes

/// The networks of one replicate that a curve or a plane joins, dense or sparse.
struct NetworkFamily {
  /// One of them.
  struct Member {
    /// Its last state, which keeps its weights.
    let training: Key
    /// Its mask; `nil` for a dense one.
    let mask: Key?
  }

  let suite: Suite
  let origin: NetworkOrigin
  let sharing: MaskSharing
  /// Number of the replicate, from 1.
  let replicate: Int
  /// How many.
  let count: Int

  /// Adds the networks, found by `method` at `density` or dense, with all they need.
  func add(_ method: Method?, _ density: Density, to builder: inout PlanBuilder) throws -> [Member]
  {
    switch origin {
    case .independent: try addIndependent(method, density, to: &builder)
    case .children(let step): try addChildren(of: step, method, density, to: &builder)
    }
  }

  /// Network n of replicate r is the network of replicate (r − 1)·count + n of any other suite with this
  /// seed, so that suites share their trainings.
  private func addIndependent(
    _ method: Method?, _ density: Density, to builder: inout PlanBuilder
  ) throws -> [Member] {
    var first: Key?
    return try (1...count).map { number in
      let own = try ScoredReplicate(suite, (replicate - 1) * count + number)
      guard let method else {
        return Member(
          training: try own.dense.state(in: &builder), mask: nil)
      }
      let shared = sharing == .shared ? first : nil
      let mask = try shared ?? own.mask(method, density, in: &builder)
      first = first ?? mask
      let walk = try own.walk(
        from: 0, under: mask, words: "\(method.name), network \(number)", in: &builder)
      return Member(training: try walk.state(in: &builder), mask: mask)
    }
  }

  /// Child n is the child of that order in instability suites.
  private func addChildren(
    of step: Step, _ method: Method?, _ density: Density, to builder: inout PlanBuilder
  ) throws -> [Member] {
    let parent = try ScoredReplicate(suite, replicate)
    let mask = try method.map { try parent.mask($0, density, in: &builder) }
    return try (1...count).map { number in
      let walk = try parent.walk(
        from: suite.iterations(before: .step(step)), order: parent.streams.order(ofChild: number),
        under: mask, words: "\(method?.name ?? Method.dense), child \(number) from \(step)",
        in: &builder)
      return Member(training: try walk.state(in: &builder), mask: mask)
    }
  }
}
