import ArgumentParser
import Laboratory
import Wording

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far the suites of a store are.",
    discussion: """
      Suites are named by their paths. One whose file is gone is told once and forgotten: what it alone needed, \
      'espalier store gc' then deletes. Run a suite that you moved before that, and its work is kept.
      """)

  @OptionGroup var storeOptions: StoreOptions

  @Flag(help: "Answer in JSON.")
  var json = false

  /// How far a suite is.
  struct Standing: Encodable {
    /// The suite's path, or the saved plan's name where an earlier version saved it.
    let suite: String
    /// Values set by `--set`.
    let settings: [String]
    /// How far a suite of several looks is.
    let part: String?
    let artifacts, done: Int
    let isComplete: Bool
    /// Estimated seconds of work on one core.
    let remainingSeconds: Double

    init(_ plan: Plan, _ assessment: PlanAssessment) {
      suite = plan.source?.path ?? plan.suite
      settings = plan.source?.settings ?? []
      part = plan.part
      artifacts = plan.artifacts.count
      done = assessment.cached.count
      isComplete = assessment.isComplete
      remainingSeconds = assessment.remainingSeconds
    }
  }

  func run() throws {
    let store = storeOptions.opened
    var standings: [Standing] = []
    for plan in try store.savedPlans() {
      if let source = plan.source, source.isGone {
        try store.forget(plan)
        note(
          "\(source.words) is gone, and forgotten; what it alone needed, 'espalier store gc' deletes"
        )
        continue
      }
      let standing = Standing(plan, try store.assess(plan))
      standings.append(standing)
      if !json { try say("\(plan.source?.words ?? plan.suite): \(Self.words(standing))") }
    }
    if json {
      try say(Output.json(standings))
    } else if standings.isEmpty {
      try say("no suite has been run on \(store.paths.root)")
    }
  }

  private static func words(_ standing: Standing) -> String {
    let rest =
      standing.isComplete
      ? "complete"
      : "\(Format.duration(seconds: standing.remainingSeconds)) of work on one core to go"
    return "\(standing.part.map { $0 + ", " } ?? "")\(Format.count(standing.done)) of "
      + "\(Format.count(standing.artifacts, "artifact")), \(rest)"
  }
}
