import Foundation
import Glibc
import Wording

/// The worker processes of a run, and what each of them does: one thread, one loop over poll(2).
final class Pool {
  /// After so many deaths of workers an artifact counts as their cause.
  static let deathsAllowed = 5
  /// After so many repetitions a damaged artifact counts as impossible.
  static let repetitionsAllowed = 3
  /// After so many workers that were never ready, the program counts as broken.
  static let falseStartsAllowed = 3
  /// Seconds between looks at what other processes work on.
  static let lookInterval = 0.25

  private let coordinator: Coordinator
  private let assessment: PlanAssessment
  private let lease: Lease
  private let environment = WorkerEnvironment.variables()
  private let cachedCount: Int
  private var schedule: Schedule
  private var workers: [WorkerProcess] = []
  /// Walks that other processes work on, by one of the artifacts to make.
  private var elsewhere: [Key: ClaimWatch] = [:]
  /// Files that were missed, although the plan does not say that they are kept.
  private var missed: [Key: Set<String>] = [:]
  private var lastLook = 0.0
  private var deaths: [Key: Int] = [:]
  private var repetitions: [Key: Int] = [:]
  private var falseStarts = 0
  private var failures: [RunSummary.Failure] = []
  private var forms: Set<String> = []
  private var computed = 0
  private var computedElsewhere = 0
  private var interruption: Int32?
  private var rate: ProgressRate

  init(coordinator: Coordinator, assessment: PlanAssessment, lease: Lease) {
    self.coordinator = coordinator
    self.assessment = assessment
    self.lease = lease
    let cached = assessment.cached
    cachedCount = cached.count
    schedule = Schedule(plan: assessment.plan, done: cached, seconds: assessment.seconds)
    rate = ProgressRate(
      remaining: assessment.remainingSeconds, workers: coordinator.workers,
      start: MonotonicClock.seconds())
  }

  private var plan: Plan { assessment.plan }
  private var store: Store { coordinator.store }

  /// Works until nothing is left that could be computed, or a signal came.
  ///
  /// - Throws: `LaboratoryError` where no artifact could succeed.
  func work(isInterrupted: () -> Int32?) throws {
    while schedule.unfinished > 0 {
      interruption = isInterrupted()
      guard interruption == nil else { return }
      try lookElsewhere()
      try assign()
      tellOfWaits()
      lease.beat()
      coordinator.display.update(snapshot())
      try listen()
    }
    coordinator.display.update(snapshot())
  }

  /// Ends all workers.
  func close() {
    workers.forEach { $0.dismiss() }
    for worker in workers { worker.bury(patience: 5) }
    workers = []
  }

  /// Adds what happened to a summary.
  func report(into summary: inout RunSummary) {
    summary.computed = computed
    summary.elsewhere = computedElsewhere
    summary.failures = failures
    summary.interruption = interruption
    summary.done = plan.artifacts.count { schedule[$0.key] == .done }
    summary.notRun = plan.artifacts.compactMap { artifact in
      guard case .blocked(let cause) = schedule[artifact.key] else { return nil }
      return RunSummary.NotRun(
        label: artifact.label, because: plan[cause]?.label ?? cause.short)
    }
  }

  /// Gives ready walks to idle workers, and starts workers where that helps.
  private func assign() throws {
    for worker in workers where worker.isReady && worker.artifact == nil {
      guard let walk = schedule.next() else { return }
      worker.artifact = walk.first { schedule[$0.key] == .running }
      worker.fraction = 0
      worker.send(.run(walk.map { $0.keeping(missed[$0.key] ?? []) }))
    }
    let starting = workers.count { !$0.isReady }
    let wanted = min(schedule.readyCount - starting, max(coordinator.workers, 1) - workers.count)
    for _ in 0..<max(wanted, 0) {
      let worker = try WorkerProcess(
        executable: coordinator.executable, arguments: coordinator.arguments,
        environment: environment, number: freeNumber)
      worker.send(.configure(store: store.paths.root, settings: coordinator.settings))
      workers.append(worker)
    }
  }

  /// The least number that no worker has, so that workers that come after others take their devices.
  private var freeNumber: Int {
    let taken = Set(workers.map(\.number))
    return (0...taken.count).first { !taken.contains($0) } ?? taken.count
  }

  /// Waits for a moment, or until workers say something.
  private func listen() throws {
    var ends = workers.flatMap { worker in
      [
        pollfd(fd: worker.output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: worker.errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: worker.input, events: worker.inputEvents, revents: 0),
      ]
    }
    let milliseconds: Int32 = elsewhere.isEmpty ? 200 : 100
    guard poll(&ends, nfds_t(ends.count), milliseconds) > 0 else { return }
    for (index, worker) in workers.enumerated() {
      if ends[3 * index + 1].revents != 0 { worker.listen() }
      let input = Int32(ends[3 * index + 2].revents)
      if input & POLLOUT != 0 { worker.sendOrders() }
      if input & (POLLHUP | POLLERR) != 0 { worker.inputWasClosed() }
      guard ends[3 * index].revents != 0 else { continue }
      let (reports, isOver) = worker.receive()
      for report in reports { try take(report, from: worker) }
      if isOver { try mourn(worker) }
    }
    workers.removeAll { $0.ending != nil }
  }

  private func take(_ report: WorkerReport, from worker: WorkerProcess) throws {
    switch report {
    case .ready:
      worker.isReady = true
      falseStarts = 0
    case .refused(let message): throw LaboratoryError.settingsRefused(message: message)
    case .unable(let error): throw error
    case .progress(_, let fraction):
      worker.fraction = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    case .done(let key, let isComputed):
      worker.fraction = 0
      finish(key, isComputed: isComputed)
      let left = schedule.unfinished(of: key).first { schedule[$0.key] == .running }
      worker.artifact = left ?? worker.artifact
    case .finished: worker.artifact = nil
    case .claimed:
      guard let artifact = worker.artifact.take() else { return }
      elsewhere[artifact.key] = ClaimWatch()
      schedule.park(artifact.key)
    case .failed(let failure):
      // All that was asked for may be done, and more have been found missing: who reads it will see.
      guard let artifact = worker.artifact.take(), schedule[artifact.key] != .done else { return }
      switch failure {
      case .artifact(let message):
        fail(artifact.key, message, form: RunSummary.Failure.form(of: message))
      case .damagedInput(let input, let damage): redo(input, damage, neededBy: artifact)
      }
    }
  }

  private func finish(_ key: Key, isComputed: Bool) {
    guard schedule[key] != .done else { return }
    if isComputed { computed += 1 } else { computedElsewhere += 1 }
    schedule.finish(key)
    rate.finish(seconds(of: key), isOurs: isComputed)
  }

  /// - Parameter form: what equal failures of a family have in common; nil for what may be chance.
  private func fail(_ key: Key, _ message: String, form: String? = nil) {
    let (failed, givenUp) = schedule.fail(key, form: form)
    for artifact in failed {
      let failure = RunSummary.Failure(label: artifact.label, message: message)
      // The summary counts those that are alike.
      if forms.insert(failure.form).inserted {
        coordinator.display.note("failed: \(artifact.label): \(message)")
      }
      failures.append(failure)
    }
    if givenUp > 0 {
      coordinator.display.note(
        "given up: \(Format.count(givenUp, "more artifact")) of the same command, as"
          + " \(Schedule.failuresAllowed) failed alike and none succeeded")
    }
  }

  /// - Parameter artifact: the first of its walk that is not there yet.
  private func redo(_ input: Key, _ damage: Damage, neededBy artifact: Artifact) {
    // Checkpoints are the walk's.
    guard let subject = input == artifact.walkID ? artifact : plan[input] else {
      return fail(
        artifact.key, "it read \(input.short), which is damaged (\(damage)) and not in the plan")
    }
    schedule.putBack(artifact.key)
    // Others may have found the same damage before; then the input is on its way already.
    guard schedule[subject.key] == .done || subject.walkID == artifact.walkID else { return }
    repetitions[input, default: 0] += 1
    guard repetitions[input, default: 0] <= Pool.repetitionsAllowed else {
      return fail(
        subject.key, "it was found damaged \(Pool.repetitionsAllowed + 1) times: \(damage)")
    }
    coordinator.display.note("redone: \(subject.label) (\(Reason.damaged(damage)))")
    if schedule[subject.key] == .done { rate.add(seconds(of: subject.key)) }
    if case .fileMissing(let name) = damage, !StorePaths.reserved.contains(name) {
      missed[subject.key, default: []].insert(name)
    }
    schedule.redo(subject.key)
  }

  /// Buries a dead worker and decides what becomes of its walk.
  private func mourn(_ worker: WorkerProcess) throws {
    kill(worker.pid, SIGKILL)
    let ending = worker.bury(patience: 0)
    guard let artifact = worker.artifact, schedule[artifact.key] != .done else {
      guard !worker.isReady else { return }
      falseStarts += 1
      guard falseStarts < Pool.falseStartsAllowed else {
        throw LaboratoryError.workerDoesNotStart(
          path: coordinator.executable, ending: "\(ending) before it was ready",
          lastLines: worker.lastLines)
      }
      return
    }
    let count = deaths[artifact.key, default: 0] + 1
    deaths[artifact.key] = count
    let lines = worker.lastLines.map { "\n  " + $0 }.joined()
    if count < Pool.deathsAllowed {
      let note = "its worker \(ending); tried again (\(count) of \(Pool.deathsAllowed - 1))"
      coordinator.display.note("\(artifact.label): \(note)\(lines)")
      schedule.putBack(artifact.key)
    } else {
      fail(artifact.key, "its worker \(ending), like \(count - 1) before it\(lines)")
    }
  }

  /// Looks at the walks that other processes work on.
  private func lookElsewhere() throws {
    let now = MonotonicClock.seconds()
    guard !elsewhere.isEmpty, now - lastLook >= Pool.lookInterval else { return }
    lastLook = now
    let isIdle = workers.allSatisfy { $0.artifact == nil }
    for (key, watch) in elsewhere {
      for artifact in schedule.unfinished(of: key) where try store.state(of: artifact) == .whole {
        finish(artifact.key, isComputed: false)
      }
      guard let artifact = schedule.unfinished(of: key).first else {
        elsewhere[key] = nil
        continue
      }
      if case .held(let note) = try store.claimStatus(of: artifact.walkID) {
        var watch = watch
        let isSilent = watch.seesDeath(of: note, at: now)
        let isDead =
          switch note.owner.life {
          case .alive: false
          case .dead: true
          case .unknown: isSilent
          }
        if !isDead, let notice = watch.notice(label: artifact.label, isIdle: isIdle, at: now) {
          coordinator.display.note(notice)
        }
        elsewhere[key] = watch
        guard isDead, try store.breakClaim(artifact.walkID, observed: note) else { continue }
      }
      elsewhere[key] = nil
      schedule.putBack(key)
    }
  }

  /// Tells of workers that keep the run waiting.
  private func tellOfWaits() {
    let now = MonotonicClock.seconds()
    for worker in workers {
      worker.notice(of: coordinator.executable, at: now).map(coordinator.display.note)
    }
  }

  private func seconds(of key: Key) -> Double {
    plan.positions[key].map { assessment.seconds[$0] } ?? 0
  }

  private func snapshot() -> ProgressSnapshot {
    let running = workers.compactMap { worker in
      worker.artifact.map { (artifact: $0, fraction: worker.fraction) }
    }
    let begun = running.reduce(0) { $0 + seconds(of: $1.artifact.key) * $1.fraction }
    return ProgressSnapshot(
      total: plan.artifacts.count, cached: cachedCount,
      done: plan.artifacts.count - schedule.unfinished - schedule.lost,
      failed: schedule.lost,
      elsewhere: elsewhere.keys.reduce(0) { $0 + schedule.unfinished(of: $1).count },
      running: running.map {
        ProgressSnapshot.Work(label: $0.artifact.label, fraction: $0.fraction)
      },
      remainingSeconds: rate.remainingSeconds(begun: begun, now: MonotonicClock.seconds()))
  }
}
