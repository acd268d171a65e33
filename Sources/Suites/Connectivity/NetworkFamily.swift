package import Laboratory
package import Randomness
package import Recipes

/// One of the networks that a curve or a plane joins.
package struct FamilyMember {
  /// Its last state, which keeps its weights.
  package let training: Key
  /// Its mask; `nil` for a dense one.
  package let mask: Key?
  /// The weights that it and its siblings were trained from, with the artifacts that have them and its mask;
  /// `nil` for a network without siblings.
  package var parent: (weights: WeightsSource, inputs: [String: Key])?
}

extension ScoredReplicate {
  /// Adds `count` networks of this replicate, found by `method` at `density` or dense, with all they need.
  ///
  /// - Parameter sharing: whose masks they have.
  package func family(
    of count: Int, from origin: NetworkOrigin, _ method: Method? = nil, _ density: Density = .one,
    sharing: MaskSharing = .shared, in builder: inout PlanBuilder
  ) throws -> [FamilyMember] {
    switch origin {
    case .independent: try independent(count, method, density, sharing, in: &builder)
    case .children(let step): try children(count, of: step, method, density, in: &builder)
    }
  }

  /// Adds two dense networks with nothing in common: each has an initialization and an order of examples of its own.
  ///
  /// - Returns: their last states by role, and what draws whatever belongs to the pair.
  package func pair(in builder: inout PlanBuilder) throws -> (
    inputs: [String: Key], stream: StreamPath
  ) {
    let ends = try family(of: 2, from: .independent, in: &builder)
    return (
      [InputRole.start: ends[0].training, InputRole.end: ends[1].training],
      StreamPath(seed: suite.seed) / "pair \(replicate)"
    )
  }

  /// Network n of replicate r is the network of replicate (r − 1)·count + n of any other suite with this
  /// seed, so that suites share their trainings.
  private func independent(
    _ count: Int, _ method: Method?, _ density: Density, _ sharing: MaskSharing,
    in builder: inout PlanBuilder
  ) throws -> [FamilyMember] {
    var first: Key?
    return try (1...count).map { number in
      let own = try ScoredReplicate(suite, (replicate - 1) * count + number)
      guard let method else {
        return FamilyMember(training: try own.dense.state(in: &builder), mask: nil)
      }
      let shared = sharing == .shared ? first : nil
      let mask = try shared ?? own.mask(method, density, in: &builder)
      first = first ?? mask
      let walk = try own.walk(
        from: 0, under: mask, words: "\(method.name), network \(number)", in: &builder)
      return FamilyMember(training: try walk.state(in: &builder), mask: mask)
    }
  }

  /// Child n is the child of that order in instability suites.
  private func children(
    _ count: Int, of step: Step, _ method: Method?, _ density: Density,
    in builder: inout PlanBuilder
  ) throws -> [FamilyMember] {
    let mask = try method.map { try self.mask($0, density, in: &builder) }
    let iteration = suite.iterations(before: .step(step))
    return try (1...count).map { number in
      let walk = try walk(
        from: iteration, order: streams.order(ofChild: number), under: mask,
        words: "\(method?.name ?? Method.dense), child \(number) from \(step)", in: &builder)
      let end = try walk.state(in: &builder)
      var inputs = try inputs(after: iteration, in: &builder)
      inputs[InputRole.mask] = mask
      return FamilyMember(training: end, mask: mask, parent: (weights(after: iteration), inputs))
    }
  }
}
