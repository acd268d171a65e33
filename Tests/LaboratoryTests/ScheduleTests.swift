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
    while let walk = schedule.next() {
      labels += walk.map(\.label)
      for artifact in walk { schedule.finish(artifact.key) }
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
    #expect(schedule.next() == [a])
    #expect(schedule.next() == nil)
    #expect(schedule[b.key] == .waiting)
    schedule.finish(a.key)
    #expect(schedule[b.key] == .ready)
    #expect(schedule.readyCount == 2)
  }

  @Test func whatIsPutBackComesAgain() throws {
    var schedule = try schedule(done: [e.key])
    #expect(schedule.next() == [a])
    schedule.putBack(a.key)
    #expect(schedule.next() == [a])
    schedule.park(a.key)
    #expect(schedule[a.key] == .elsewhere)
    #expect(schedule.next() == nil)
    #expect(schedule.unfinished == 4)
    schedule.putBack(a.key)
    #expect(drain(&schedule) == ["a", "b", "c", "d"])
  }

  @Test func failureBlocksWhatNeedsIt() throws {
    var schedule = try schedule()
    #expect(schedule.next() == [a])
    schedule.finish(a.key)
    #expect(schedule.next() == [b])
    schedule.fail(b.key)
    #expect(schedule[d.key] == .blocked(by: b.key))
    #expect(schedule.lost == 2)
    #expect(drain(&schedule) == ["c", "e"])
    #expect(schedule.unfinished == 0)
  }

  @Test func whatIsRedoneHoldsUpWhatNeedsIt() throws {
    var schedule = try schedule(done: [a.key, e.key])
    #expect(schedule.next() == [b])
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
    #expect(schedule.next() == [b])
    #expect(schedule.next() == [c])
    // Both find their input damaged; it cannot be redone before the second says so.
    schedule.putBack(b.key)
    schedule.redo(a.key)
    #expect(schedule.next() == [a])
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

  /// Five members of a family, of decreasing urgency, and one artifact that is alone and least urgent.
  func family(done: Set<Key> = []) throws -> (Schedule, [Artifact], Artifact) {
    let members = (1...5).map { artifact("m\($0)", #"{"member":\#($0)}"#, family: "f") }
    let alone = artifact("alone", "{}")
    let plan = try Plan(suite: "s", artifacts: members + [alone])
    return (Schedule(plan: plan, done: done, seconds: [6, 5, 4, 3, 2, 1]), members, alone)
  }

  @Test func oneOfAFamilyIsTriedBeforeTheOthers() throws {
    var (schedule, members, alone) = try family()
    #expect(schedule.readyCount == 2)
    #expect(schedule.next() == [members[0]])
    #expect(schedule.readyCount == 1)
    #expect(schedule.next() == [alone])
    #expect(schedule.next() == nil)
    schedule.finish(members[0].key)
    #expect(schedule.readyCount == 4)
    #expect(drain(&schedule) == ["m2", "m3", "m4", "m5"])
  }

  @Test func aFamilyThatIsProvenNeedsNoTrial() throws {
    let members = try family().1
    var (schedule, _, _) = try family(done: [members[4].key])
    #expect(schedule.readyCount == 5)
    #expect(
      (0..<5).compactMap { _ in schedule.next()?.first?.label } == [
        "m1", "m2", "m3", "m4", "alone",
      ])
  }

  @Test func afterAFailureItsSistersComeLastAndAfterTwoAlikeNotAtAll() throws {
    var (schedule, members, alone) = try family()
    #expect(schedule.next() == [members[0]])
    #expect(schedule.fail(members[0].key, form: "no module").givenUp == 0)
    #expect(schedule.next() == [alone])
    #expect(schedule.next() == [members[1]])
    #expect(schedule.next() == nil)
    // Chance, or another reason, says nothing about the others.
    #expect(schedule.fail(members[1].key).givenUp == 0)
    #expect(schedule.next() == [members[2]])
    #expect(schedule.fail(members[2].key, form: "no module").givenUp == 2)
    #expect(schedule[members[3].key] == .blocked(by: members[2].key))
    #expect(schedule.next() == nil)
    #expect(schedule.unfinished == 1)
  }

  @Test func aTrialThatComesToNothingIsRepeated() throws {
    var (schedule, members, alone) = try family()
    #expect(schedule.next() == [members[0]])
    schedule.park(members[0].key)
    #expect(schedule.next() == [alone])
    #expect(schedule.next() == nil)
    schedule.putBack(members[0].key)
    #expect(schedule.next() == [members[0]])
  }
}
