import Laboratory
import Suites
import Wording

/// What a run of a suite would compute, for people and for programs.
struct PlanAnswer: Encodable {
  /// The artifacts of one kind.
  struct Kind: Encodable {
    let kind: String
    let artifacts, cached, toCompute: Int
  }

  /// One artifact.
  struct Listed: Encodable {
    let key, kind, label: String
    /// Why it is computed; `nil` where it is there.
    let reason: String?
  }

  /// What there is to compute.
  struct Work: Encodable {
    /// Wall-clock seconds.
    let seconds: TimeRange
    let workers: Int
    /// Artifacts of this machine that the seconds were learnt from.
    let learntFrom: Int
    /// Kinds of work of which nothing was measured.
    let unmeasured: [String]
    /// Memory in words.
    let memory: String
  }

  let suite: String
  let settings: [String]
  let kinds: [Kind]
  let redone: [String]
  let runs, artifacts: Int
  let trainings: Int?, unsharedTrainings: Int?
  let isComplete: Bool
  /// `nil` where nothing is to be computed.
  let work: Work?
  let look, warning: String?
  let forecast: [String]
  /// Where every artifact is asked for.
  let list: [Listed]?

  init(
    of planned: PlannedSuite, in store: Store, workers: Int, deviation: Double?, listsAll: Bool
  ) throws {
    let plan = planned.plan
    let assessment = try store.assess(plan)
    let cached = assessment.cached
    suite = plan.source?.path ?? plan.suite
    settings = plan.source?.settings ?? []
    kinds = Dictionary(grouping: plan.artifacts, by: \.kind).sorted { $0.key < $1.key }
      .map { kind, artifacts in
        let there = artifacts.count { cached.contains($0.key) }
        return Kind(
          kind: kind, artifacts: artifacts.count, cached: there, toCompute: artifacts.count - there)
      }
    redone = assessment.redoneLines()
    (runs, artifacts) = (planned.work.runs, plan.artifacts.count)
    unsharedTrainings = planned.work.unsharedTrainings
    trainings = unsharedTrainings.map { _ in plan.artifacts.trainings }
    isComplete = assessment.isComplete
    work = isComplete ? nil : try Work(of: assessment, in: store, workers: workers)
    look = planned.work.look?.words
    warning = try planned.work.warning(in: store)
    forecast = try planned.work.forecast(deviation: deviation, from: store)?.lines ?? []
    list =
      listsAll
      ? zip(plan.artifacts, assessment.standings).map { artifact, standing in
        var reason: String?
        if case .toCompute(let why) = standing { reason = why.description }
        return Listed(
          key: artifact.key.description, kind: artifact.kind, label: artifact.label, reason: reason)
      } : nil
  }

  /// The answer for people.
  var lines: [String] {
    var lines = (list ?? []).map {
      "\($0.key.prefix(12))  \($0.label): " + ($0.reason.map { "to compute, \($0)" } ?? "cached")
    }
    lines += kinds.map {
      "\($0.kind): \($0.artifacts), cached \($0.cached), to compute \($0.toCompute)"
    }
    lines += redone
    lines.append(
      "\(Format.count(runs, "run")) in the report, \(Format.count(artifacts, "artifact")) behind "
        + (runs == 1 ? "it" : "them"))
    if let unsharedTrainings, let trainings {
      lines.append(
        "\(Format.count(unsharedTrainings, "training")) if nothing were shared, \(Format.count(trainings)) here"
      )
    }
    lines += work?.lines ?? ["nothing to compute"]
    if let look { lines.append(look) }
    if let warning { lines.append("warning: \(warning)") }
    return lines + forecast
  }
}

extension PlanAnswer.Work {
  init(of assessment: PlanAssessment, in store: Store, workers: Int) throws {
    let sorts = WorkSorts()
    let calibration = try store.calibration(for: assessment.plan, sorts: sorts.of)
    let artifacts = assessment.toCompute.map(\.artifact)
    seconds = assessment.time(workers: workers, by: calibration, sorts: sorts.of)
    self.workers = workers
    learntFrom = calibration.count
    unmeasured = Set(artifacts.filter { calibration.isBlind(to: sorts.of($0)) }.map(\.kind))
      .sorted()
    memory =
      MemoryDemand(making: artifacts, workers: workers, available: AvailableMemory.current())
      .summary
  }

  var lines: [String] {
    let range =
      "\(Format.duration(seconds: seconds.low)) to \(Format.duration(seconds: seconds.high)) with"
      + " \(Format.count(workers, "worker")), \(Format.duration(seconds: seconds.usual)) most likely"
    let basis =
      learntFrom == 0
      ? "a guess, since nothing was measured on this machine yet"
      : "by \(Format.count(learntFrom, "artifact")) that this machine made"
        + (unmeasured.isEmpty
          ? "" : ", none of them a \(Format.list(unmeasured)), which widens it")
    return ["\(range): \(basis)", memory]
  }
}
