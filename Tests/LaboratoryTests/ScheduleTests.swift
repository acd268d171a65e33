import Testing

@testable import Laboratory

struct ScheduleTests {
  // a → b → d, a → c, e alone
  let a = artifact("a", #"{"value":1}"#)
  var b: Artifact { artifact("b", #"{"value":2}"#, inputs: [a]) }
  var c: Artifact { artifact("c", #"{"value":3}"#, inputs: [a]) }
  var d: Artifact { artifact("d", #"{"value":4}"#, inputs: [b]) }
  let e = artifact("e", #"{"value":5}"#)

  func schedule(done: Set<Key> = [], seconds: [Double] = [1, 1, 1, 1, 1]) throws -> Schedule {
    let plan = try Plan(suite: "s", artifacts: [a, b, c, d, e])
    return Schedule(plan: plan, done: done, seconds: seconds)
  }

  func drain(_ schedule: inout Schedule) -> [String] {
    var labels: [String] = []
    while let artifact = schedule.next() {
      labels.append(artifact.label)
      schedule.finish(artifact.key)
    }
    return labels
  }

  @Test func longestChainFirst() throws {
    var equal = try schedule()
    #expect(drain(&equal) == ["a", "b", "c", "d", "e"])
    var heavyEnd = try schedule(seconds: [1, 1, 9, 1, 1])
    #expect(drain(&heavyEnd) == ["a", "c", "b", "d", "e"])
    var heavyAlone = try schedule(seconds: [1, 1, 1, 1, 3.5])
    #expect(drain(&heavyAlone) == ["e", "a", "b", "c", "d"])
  }

  @Test func whatIsDoneIsNotRun() throws {
    var half = try schedule(done: [a.key, b.key, e.key])
    #expect(half.unfinished == 2)
    #expect(drain(&half) == ["c", "d"])
    #expect(half.unfinished == 0)
  }

  @Test func inputsComeBefore() throws {
    var schedule = try schedule(done: [e.key])
    #expect(schedule.next() == a)
    #expect(schedule.next() == nil)
    #expect(schedule[b.key] == .waiting)
    schedule.finish(a.key)
    #expect(schedule[b.key] == .ready)
    #expect(schedule.readyCount == 2)
  }

  @Test func whatIsPutBackComesAgain() throws {
    var schedule = try schedule(done: [e.key])
    #expect(schedule.next() == a)
    schedule.putBack(a.key)
    #expect(schedule.next() == a)
    schedule.park(a.key)
    #expect(schedule[a.key] == .elsewhere)
    #expect(schedule.next() == nil)
    #expect(schedule.unfinished == 4)
    schedule.putBack(a.key)
    #expect(drain(&schedule) == ["a", "b", "c", "d"])
  }

  @Test func failureBlocksWhatNeedsIt() throws {
    var schedule = try schedule()
    #expect(schedule.next() == a)
    schedule.finish(a.key)
    #expect(schedule.next() == b)
    schedule.fail(b.key)
    #expect(schedule[d.key] == .blocked(by: b.key))
    #expect(schedule.lost == 2)
    #expect(drain(&schedule) == ["c", "e"])
    #expect(schedule.unfinished == 0)
  }

  @Test func whatIsRedoneHoldsUpWhatNeedsIt() throws {
    var schedule = try schedule(done: [a.key, e.key])
    #expect(schedule.next() == b)
    schedule.putBack(b.key)
    schedule.redo(a.key)
    #expect(schedule[b.key] == .waiting)
    #expect(schedule[c.key] == .waiting)
    schedule.redo(a.key)
    #expect(schedule.unfinished == 4)
    #expect(drain(&schedule) == ["a", "b", "c", "d"])
  }

  @Test func whatRanWhileItsInputWasLostIsBlockedToo() throws {
    var schedule = try schedule(done: [a.key, e.key])
    #expect(schedule.next() == b)
    #expect(schedule.next() == c)
    // Both find their input damaged; it cannot be redone before the second says so.
    schedule.putBack(b.key)
    schedule.redo(a.key)
    #expect(schedule.next() == a)
    schedule.fail(a.key)
    schedule.putBack(c.key)
    #expect(schedule[c.key] == .blocked(by: a.key))
    #expect(schedule.unfinished == 0)
    #expect(schedule.lost == 4)
  }

  @Test func anInputInTwoRolesCountsOnce() throws {
    let twice = artifact("twice", "{}", inputs: [a, a])
    var schedule = Schedule(
      plan: try Plan(suite: "s", artifacts: [a, twice]), done: [], seconds: [1, 1])
    #expect(drain(&schedule) == ["a", "twice"])
  }
}
