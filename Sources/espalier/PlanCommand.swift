import ArgumentParser
import Laboratory
import Suites
import Wording

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what a run would compute, what is there, and why.")

  @OptionGroup var options: SuiteOptions

  @Flag(help: "List every artifact.")
  var all = false

  @Option(
    help:
      "What the design would show if paired differences spread by this standard deviation, in the metric's unit. (default: as the runs in the store do)"
  )
  var sd: Double?

  func validate() throws {
    if let sd, !(sd > 0 && sd < .infinity) {
      throw ValidationError("--sd \(sd): write a standard deviation above 0, such as 0.2")
    }
  }

  func run() throws {
    let store = try options.storeOptions.openedAndTold()
    let planned = try options.planned()
    let assessment = try store.assess(planned.plan)
    if all {
      for (artifact, standing) in zip(planned.plan.artifacts, assessment.standings) {
        try say(
          "\(artifact.key.short)  \(artifact.label): "
            + (standing == .cached ? "cached" : Self.reason(standing)))
      }
    }
    let kinds = Dictionary(grouping: planned.plan.artifacts, by: \.kind)
    let cached = assessment.cached
    for (kind, artifacts) in kinds.sorted(by: { $0.key < $1.key }) {
      let there = artifacts.count { cached.contains($0.key) }
      try say("\(kind): \(artifacts.count), cached \(there), to compute \(artifacts.count - there)")
    }
    for line in assessment.redoneLines() { try say(line) }
    try say(
      "\(Format.count(planned.work.runs, "run")) in the report, "
        + "\(Format.count(planned.plan.artifacts.count, "artifact")) behind "
        + (planned.work.runs == 1 ? "it" : "them"))
    if let unshared = planned.work.unsharedTrainings {
      let trainings = planned.plan.artifacts.trainings
      try say(
        "\(Format.count(unshared, "training")) if nothing were shared, \(Format.count(trainings)) here"
      )
    }
    let seconds = assessment.estimatedSeconds(workers: options.workerCount)
    try say(
      assessment.isComplete
        ? "nothing to compute"
        : "about \(Format.duration(seconds: seconds)) with \(Format.count(options.workerCount, "worker"))"
    )
    if !assessment.isComplete { try say(options.memory(for: assessment).summary) }
    if let look = planned.work.look { try say(look.words) }
    if let warning = try planned.work.warning(in: store) { try say("warning: \(warning)") }
    for line in try planned.work.forecast(deviation: sd, from: store)?.lines ?? [] { try say(line) }
  }

  private static func reason(_ standing: PlanAssessment.Standing) -> String {
    switch standing {
    case .cached: "cached"
    case .toCompute(let reason): "to compute, \(reason)"
    }
  }
}

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how far the suites of a store are.")

  @OptionGroup var storeOptions: StoreOptions

  func run() throws {
    let store = storeOptions.opened
    let plans = try store.savedPlans()
    if plans.isEmpty { try say("no suite has been run on \(store.paths.root)") }
    for plan in plans {
      let assessment = try store.assess(plan)
      let done = assessment.cached.count
      let rest =
        done == plan.artifacts.count
        ? "complete"
        : "\(Format.duration(seconds: assessment.remainingSeconds)) of work on one core to go"
      try say(
        "\(plan.suite): \(plan.part.map { $0 + ", " } ?? "")\(Format.count(done)) of \(Format.count(plan.artifacts.count, "artifact")), \(rest)"
      )
    }
  }
}
