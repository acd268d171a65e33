import Foundation

/// How long work takes on this machine for each second that it was estimated at, learnt from what its store has.
///
/// Estimates count operations, and how fast a network's operations go is another thing for every network. So work is
/// told apart by sorts, from the narrowest, such as the training of one network on one dataset, to all of a kind; each
/// estimate is scaled by the narrowest sort of which something was measured.
package struct Calibration: Sendable {
  /// What was measured of one sort.
  struct Measured: Sendable {
    var seconds = 0.0
    var cost = 0.0
    var ratios: [Double] = []

    /// Seconds for each estimated one: of all work together, and of the fastest and the slowest tenth.
    var factors: TimeRange {
      let sorted = ratios.sorted()
      let usual = seconds / cost
      func quantile(_ share: Double) -> Double {
        sorted[Int(share * Double(sorted.count - 1) + 0.5)]
      }
      return TimeRange(
        low: min(usual, quantile(0.1)), usual: usual, high: max(usual, quantile(0.9)))
    }
  }

  /// One artifact's work.
  package struct Sample: Sendable {
    let sorts: [String]
    let seconds, cost: Double

    /// - Parameters:
    ///   - sorts: from the narrowest to the widest.
    ///   - seconds: how long it took; above 0.
    ///   - cost: how long it was estimated to take; above 0.
    package init(sorts: [String], seconds: Double, cost: Double) {
      (self.sorts, self.seconds, self.cost) = (sorts, seconds, cost)
    }
  }

  private var measured: [String: Measured] = [:]
  /// How many artifacts it was learnt from.
  package let count: Int

  /// Learns from `samples`.
  package init(_ samples: [Sample]) {
    count = samples.count
    for sample in samples {
      for sort in sample.sorts + [Self.anything] {
        measured[sort, default: Measured()].seconds += sample.seconds
        measured[sort, default: Measured()].cost += sample.cost
        measured[sort, default: Measured()].ratios.append(sample.seconds / sample.cost)
      }
    }
  }

  private static let anything = ""
  /// Fewer samples of a sort do not tell its spread.
  private static let few = 5
  /// What is not known widens a range, by these factors to either side: of a sort by few samples, of work of which a
  /// wider sort was measured, of another kind, and of everything where nothing was.
  private enum Doubt {
    static let few = 1.5
    static let wider = 2.5
    static let otherKind = 8.0
    static let nothing = 20.0
  }

  /// Seconds for each estimated one of work of these `sorts`, from the narrowest to the widest.
  func factors(of sorts: [String]) -> TimeRange {
    for (index, sort) in sorts.enumerated() {
      guard let found = measured[sort] else { continue }
      let doubt = (found.ratios.count < Self.few ? Doubt.few : 1) * (index == 0 ? 1 : Doubt.wider)
      return found.factors.widened(by: doubt)
    }
    guard let all = measured[Self.anything] else {
      return TimeRange(low: 1, usual: 1, high: 1).widened(by: Doubt.nothing)
    }
    return all.factors.widened(by: Doubt.otherKind)
  }

  /// Whether nothing of these sorts was measured.
  package func isBlind(to sorts: [String]) -> Bool { !sorts.contains { measured[$0] != nil } }
}

/// Seconds that something may take.
package struct TimeRange: Hashable, Sendable, Codable {
  /// If all goes as fast as the fastest tenth, as usual, and as slowly as the slowest tenth of what was measured.
  package let low, usual, high: Double

  func widened(by factor: Double) -> TimeRange {
    TimeRange(low: low / factor, usual: usual, high: high * factor)
  }
}

extension PlanAssessment {
  /// What measurements of artifacts do not tell: a plan said 6 to 12 s, and its run took 14. Other programs take their
  /// share of processors, caches and disk, by half again on a machine that is used but not crowded; a range is widened
  /// by that to either side.
  private static let load = 1.5
  /// Workers start, load their libraries and read their data before the first artifact's time begins; seconds, which
  /// all of them spend side by side, and which short runs feel: two that were to take 2 and 3 s took 1.5 s more.
  private static let start = TimeRange(low: 0, usual: 1, high: 3)

  /// Seconds until the plan is done with so many workers, by what was measured, on a machine that may be busier or
  /// idler than it was then, and with the time in which workers start.
  ///
  /// - Parameters:
  ///   - workers: processes of one thread each.
  ///   - calibration: what was measured.
  ///   - sorts: what sorts of work an artifact is, from the narrowest to the widest.
  package func time(
    workers: Int, by calibration: Calibration, sorts: (Artifact) -> [String]
  ) -> TimeRange {
    var known: [[String]: TimeRange] = [:]
    let factors = zip(plan.artifacts, standings).map { artifact, standing -> TimeRange? in
      guard standing != .cached else { return nil }
      let sorts = sorts(artifact)
      if let factors = known[sorts] { return factors }
      let factors = calibration.factors(of: sorts)
      known[sorts] = factors
      return factors
    }
    func estimate(_ part: (TimeRange) -> Double) -> Double {
      estimatedSeconds(
        workers: workers,
        seconds: zip(plan.artifacts, factors).map { artifact, factors in
          factors.map { max(artifact.cost * part($0), 0.001) } ?? 0
        })
    }
    let work = TimeRange(
      low: estimate(\.low), usual: estimate(\.usual), high: estimate(\.high)
    ).widened(by: Self.load)
    guard !isComplete else { return work }
    return TimeRange(
      low: work.low + Self.start.low, usual: work.usual + Self.start.usual,
      high: work.high + Self.start.high)
  }
}

extension Store {
  /// Artifacts of each kind of which a plan's measurements are taken; that many tell enough.
  private static let mostOfKind = 200

  /// Learns from what this machine made of `plan` and of the last plans of all suites.
  ///
  /// - Parameters:
  ///   - plan: whose artifacts tell most.
  ///   - sorts: what sorts of work an artifact is, from the narrowest to the widest.
  /// - Throws: `LaboratoryError.unreadable`.
  package func calibration(for plan: Plan, sorts: (Artifact) -> [String]) throws -> Calibration {
    let processor = Processor.current().model
    var samples: [Calibration.Sample] = []
    var seen: Set<Key> = []
    for suite in try savedSuites() + [""] {
      // One that cannot be read teaches nothing, and is no error here.
      guard let saved = suite.isEmpty ? plan : try? savedPlan(suite: suite) else { continue }
      for artifacts in Dictionary(grouping: saved.artifacts, by: \.kind).values {
        // From everywhere in the plan, and the same ones each time.
        let stride = max(1, artifacts.count / Self.mostOfKind)
        for index in Swift.stride(from: 0, to: artifacts.count, by: stride) {
          let artifact = artifacts[index]
          guard artifact.cost > 0, seen.insert(artifact.key).inserted,
            case .whole(let record) = try inspect(artifact),
            let timing = record.timing, timing.seconds > 0,
            timing.processor == nil || timing.processor == processor
          else { continue }
          samples.append(
            Calibration.Sample(
              sorts: sorts(artifact), seconds: timing.seconds, cost: artifact.cost))
        }
      }
    }
    return Calibration(samples)
  }
}

extension Record {
  fileprivate struct Timing: Decodable {
    let seconds: Double
    let processor: String?
  }

  fileprivate var timing: Timing? { try? JSONDecoder().decode(Timing.self, from: provenance) }
}
