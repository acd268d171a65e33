import ArgumentParser
import Laboratory
import Reports
import Suites

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what a run would compute, what is there, and why.")

  @OptionGroup var options: SuiteOptions

  @Flag(help: "List every artifact.")
  var all = false

  func run() throws {
    let planned = try options.planned()
    let assessment = try options.storeOptions.opened.assess(planned.plan)
    if all {
      for (artifact, standing) in zip(planned.plan.artifacts, assessment.standings) {
        print(
          "\(artifact.key.short)  \(artifact.label): "
            + (standing == .cached ? "cached" : Self.reason(standing)))
      }
    }
    let kinds = Dictionary(grouping: planned.plan.artifacts, by: \.kind)
    let cached = assessment.cached
    for (kind, artifacts) in kinds.sorted(by: { $0.key < $1.key }) {
      let there = artifacts.count { cached.contains($0.key) }
      print("\(kind): \(artifacts.count), cached \(there), to compute \(artifacts.count - there)")
    }
    for line in assessment.redoneLines() { print(line) }
    let naive = planned.work.runs
    print("\(naive) runs in the report, \(planned.plan.artifacts.count) artifacts behind them")
    if let unshared = planned.work.unsharedTrainings {
      let trainings = kinds["training"]?.count ?? 0
      print(
        "\(Format.count(unshared)) trainings if nothing were shared, \(Format.count(trainings)) here"
      )
    }
    let seconds = assessment.estimatedSeconds(workers: options.workerCount)
    print(
      assessment.toCompute.isEmpty
        ? "nothing to compute"
        : "about \(Format.duration(seconds: seconds)) with \(options.workerCount) workers")
    if !assessment.toCompute.isEmpty { print(try options.memory(for: assessment).summary) }
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
    if plans.isEmpty { print("no suite has been run on \(store.paths.root)") }
    for plan in plans {
      let assessment = try store.assess(plan)
      let done = assessment.cached.count
      let rest =
        done == plan.artifacts.count
        ? "complete"
        : "\(Format.duration(seconds: assessment.remainingSeconds)) of work on one core to go"
      print("\(plan.suite): \(done) of \(plan.artifacts.count) artifacts, \(rest)")
    }
  }
}
