package import Laboratory
package import Recipes

/// The networks of one replicate that a curve or a plane joins, dense or sparse.
package struct NetworkFamily {
  /// One of them.
  package struct Member {
    /// Its last state, which keeps its weights.
    package let training: Key
    /// Its mask; `nil` for a dense one.
    package let mask: Key?
    /// The weights that it and its siblings were trained from, with the artifacts that have them and its mask;
    /// `nil` for a network without siblings.
    package var parent: (weights: WeightsSource, inputs: [String: Key])?
  }

  package let suite: Suite
  package let origin: NetworkOrigin
  package let sharing: MaskSharing
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// How many.
  package let count: Int

  /// Networks.
  package init(
    suite: Suite, origin: NetworkOrigin, sharing: MaskSharing, replicate: Int, count: Int
  ) {
    self.suite = suite
    self.origin = origin
    self.sharing = sharing
    self.replicate = replicate
    self.count = count
  }

  /// Adds the networks, found by `method` at `density` or dense, with all they need.
  package func add(_ method: Method?, _ density: Density, to builder: inout PlanBuilder) throws
    -> [Member]
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
    let iteration = suite.iterations(before: .step(step))
    return try (1...count).map { number in
      let walk = try parent.walk(
        from: iteration, order: parent.streams.order(ofChild: number),
        under: mask, words: "\(method?.name ?? Method.dense), child \(number) from \(step)",
        in: &builder)
      let end = try walk.state(in: &builder)
      var inputs = try parent.inputs(after: iteration, in: &builder)
      inputs[InputRole.mask] = mask
      return Member(
        training: end, mask: mask, parent: (parent.weights(after: iteration), inputs))
    }
  }
}
