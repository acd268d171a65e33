import Foundation

/// What a plan asks of a store: which artifacts are there, which are to be computed, and why.
package struct PlanAssessment: Sendable {
  /// Whether an artifact is there.
  package enum Standing: Hashable, Sendable {
    /// The store has it whole.
    case cached
    /// It must be computed.
    case toCompute(Reason)
  }

  /// The plan.
  package let plan: Plan
  /// The standing of each artifact, in the plan's order.
  package let standings: [Standing]
  /// Estimated seconds of each artifact on one core, in the plan's order: its cost, times how long
  /// cached artifacts of its kind took per second of cost (of all kinds, where none is cached).
  package let seconds: [Double]

  /// Judges a plan.
  ///
  /// - Parameters:
  ///   - measured: the seconds that cached artifacts took, as their provenance says.
  init(plan: Plan, standings: [Standing], measured: [Key: Double]) {
    self.plan = plan
    self.standings = standings
    var sums: [String?: (seconds: Double, cost: Double)] = [:]
    for artifact in plan.artifacts {
      guard let seconds = measured[artifact.key], seconds > 0, artifact.cost > 0 else { continue }
      for group in [artifact.kind, nil] {
        sums[group, default: (0, 0)].seconds += seconds
        sums[group, default: (0, 0)].cost += artifact.cost
      }
    }
    seconds = plan.artifacts.map { artifact in
      let known = sums[artifact.kind] ?? sums[nil]
      // Free artifacts would leave the order of work and the remaining time undefined.
      return max(artifact.cost * (known.map { $0.seconds / $0.cost } ?? 1), 0.001)
    }
  }

  /// The keys of the artifacts that the store has.
  package var cached: Set<Key> {
    Set(zip(plan.artifacts, standings).filter { $0.1 == .cached }.map(\.0.key))
  }

  /// The artifacts to compute and why, in the plan's order.
  package var toCompute: [(artifact: Artifact, reason: Reason)] {
    zip(plan.artifacts, standings).compactMap { artifact, standing in
      if case .toCompute(let reason) = standing { (artifact, reason) } else { nil }
    }
  }

  /// Whether nothing is to be computed.
  package var isComplete: Bool { standings.allSatisfy { $0 == .cached } }

  /// Estimated seconds on one core of what is to be computed.
  package var remainingSeconds: Double {
    zip(standings, seconds).reduce(0) { $0 + ($1.0 == .cached ? 0 : $1.1) }
  }

  /// Estimated seconds until the plan is done: the work shared out, but no less than its longest
  /// chain of artifacts that need each other, or are made one after another on a walk.
  package func estimatedSeconds(workers: Int) -> Double {
    estimatedSeconds(workers: workers, seconds: seconds)
  }

  /// The same where the artifacts take so many `seconds`, in the plan's order.
  func estimatedSeconds(workers: Int, seconds: [Double]) -> Double {
    var ends = [Double](repeating: 0, count: plan.artifacts.count)
    // A walk's artifacts have the same inputs, which stand before the first of them.
    for members in plan.walks {
      let first = members.min() ?? 0
      var end = plan.artifacts[first].inputs.values.map { ends[plan.positions[$0] ?? 0] }.max() ?? 0
      for index in members where standings[index] != .cached {
        end += seconds[index]
        ends[index] = end
      }
    }
    let work = zip(standings, seconds).reduce(0) { $0 + ($1.0 == .cached ? 0 : $1.1) }
    return max(work / Double(max(workers, 1)), ends.max() ?? 0)
  }

  /// Lines that tell what is redone and why, one for each reason; first times are left out.
  package func redoneLines(limit: Int = 20) -> [String] {
    var order: [String] = []
    var labels: [String: [String]] = [:]
    for (artifact, reason) in toCompute {
      let group: String
      switch reason {
      case .firstTime: continue
      case .changed, .damaged, .notKept: group = reason.description
      case .inputRedone: group = "an input is redone"
      }
      if labels[group] == nil { order.append(group) }
      labels[group, default: []].append(artifact.label)
    }
    let lines = order.map { group in
      let names = labels[group] ?? []
      let more = names.count > 1 ? " and \(names.count - 1) more" : ""
      return "redone: \(names[0])\(more) (\(group))"
    }
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + ["redone for \(lines.count - limit) other reasons: more artifacts"]
  }
}

extension Store {
  /// Looks at every artifact of a plan, without reading the contents of files.
  ///
  /// - Throws: `LaboratoryError.unreadable`.
  package func assess(_ plan: Plan) throws -> PlanAssessment {
    // The saved plan explains and decides nothing, so one that cannot be read is no error here. Where all is
    // there, nothing needs explaining.
    lazy var before = Dictionary(
      ((try? savedPlan(suite: plan.suite))?.artifacts ?? []).map { ([$0.kind, $0.label], $0) },
      uniquingKeysWith: { first, _ in first })
    var shelves = Shelves(of: self)
    var measured: [Key: Double] = [:]
    let standings = try plan.artifacts.map { artifact -> PlanAssessment.Standing in
      switch shelves.surelyLack(artifact) ? .absent : try inspect(artifact) {
      case .whole(let record):
        measured[artifact.key] = record.seconds
        let lacks = record.lacks(artifact.keeps)
        return lacks.isEmpty ? .cached : .toCompute(.notKept(lacks))
      case .damaged(let damage): return .toCompute(.damaged(damage))
      case .absent:
        return .toCompute(
          .forAbsent(artifact, before: before[[artifact.kind, artifact.label]], in: plan))
      }
    }
    return PlanAssessment(plan: plan, standings: standings, measured: measured)
  }
}
