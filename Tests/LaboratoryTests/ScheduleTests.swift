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

  /// Two walks of states 2 and 4, of which the second's is more urgent, and a reader of each state.
  func walks(done: Set<Key> = []) throws -> (Schedule, states: [Artifact], readers: [Artifact]) {
    let states = ["v", "w"].flatMap { name in [2, 4].map { state(name, $0) } }
    let readers = states.map { artifact("reads \($0.label)", "{}", inputs: [$0]) }
    let plan = try Plan(suite: "s", artifacts: states + readers)
    // Seconds of v/2, v/4, w/2, w/4 and their readers.
    let seconds: [Double] = [1, 1, 3, 1, 1, 1, 1, 1]
    return (Schedule(plan: plan, done: done, seconds: seconds), states, readers)
  }

  @Test func aWalkIsHandedOutWhole() throws {
    var (schedule, states, readers) = try walks()
    #expect(schedule.readyCount == 2)
    #expect(schedule.next() == [states[2], states[3]])
    #expect(schedule.next() == [states[0], states[1]])
    #expect(schedule.next() == nil)
    // What is published in passing serves at once.
    schedule.finish(states[2].key)
    #expect(schedule.unfinished(of: states[2].key) == [states[3]])
    #expect(schedule[states[3].key] == .running)
    #expect(schedule.next() == [readers[2]])
    #expect(schedule.next() == nil)
    schedule.finish(states[3].key)
    #expect(schedule.next() == [readers[3]])
  }

  @Test func whatIsThereOfAWalkGoesAlong() throws {
    var (schedule, states, readers) = try walks(done: [try walks().states[2].key])
    // The other walk has two seconds before its last reader, and this one only one.
    #expect(schedule.next() == [states[0], states[1]])
    #expect(schedule.next() == [states[2], states[3]])
    #expect(schedule.unfinished(of: states[2].key) == [states[3]])
    #expect(schedule.next() == [readers[2]])
  }

  @Test func anotherProcesssWalkComesBackWithWhatIsLeft() throws {
    var (schedule, states, readers) = try walks()
    #expect(schedule.next() == [states[2], states[3]])
    schedule.park(states[3].key)
    #expect(schedule[states[2].key] == .elsewhere && schedule[states[3].key] == .elsewhere)
    schedule.finish(states[3].key)
    #expect(schedule.next() == [states[0], states[1]])
    #expect(schedule.next() == [readers[3]])
    schedule.putBack(states[2].key)
    #expect(schedule.next() == [states[2], states[3]])
    #expect(schedule.unfinished(of: states[3].key) == [states[2]])
  }

  @Test func aPartThatIsLostWhileItsWalkIsUnderWayComesAfterIt() throws {
    var (schedule, states, readers) = try walks()
    #expect(schedule.next() == [states[2], states[3]])
    schedule.finish(states[2].key)
    #expect(schedule.next() == [states[0], states[1]])
    #expect(schedule.next() == [readers[2]])
    // The reader finds its input damaged.
    schedule.putBack(readers[2].key)
    schedule.redo(states[2].key)
    #expect(schedule[states[2].key] == .waiting && schedule[readers[2].key] == .waiting)
    #expect(schedule.next() == nil)
    schedule.finish(states[3].key)
    #expect(schedule.next() == [states[2], states[3]])
    schedule.finish(states[2].key)
    #expect(schedule[readers[2].key] == .ready)
  }

  @Test func aFailureTakesWhatIsLeftOfItsWalk() throws {
    var (schedule, states, readers) = try walks()
    #expect(schedule.next() == [states[2], states[3]])
    schedule.finish(states[2].key)
    schedule.redo(states[2].key)
    // The first one is to come again, and did not fail.
    #expect(schedule.fail(states[3].key).failed == [states[3]])
    #expect(schedule[readers[3].key] == .blocked(by: states[3].key))
    #expect(schedule[states[2].key] == .ready)
    #expect(schedule.next() == [states[2]])
    #expect(schedule.fail(states[2].key).failed == [states[2]])
    #expect(schedule.lost == 4)
    #expect(schedule.next() == [states[0], states[1]])
    #expect(schedule.fail(states[0].key).failed == [states[0], states[1]])
    #expect(schedule.unfinished == 0)
  }

  @Test func aPartThatCannotBeHadAnyMoreTakesNoOther() throws {
    var (schedule, states, readers) = try walks()
    #expect(schedule.next() == [states[2], states[3]])
    schedule.finish(states[2].key)
    #expect(schedule.fail(states[2].key).failed == [states[2]])
    #expect(schedule[states[3].key] == .running)
    #expect(schedule[readers[2].key] == .blocked(by: states[2].key))
    schedule.putBack(states[3].key)
    #expect(schedule.next() == [states[3]])
  }

  @Test func aLostInputBlocksAllOfAWalk() throws {
    let states = [2, 4].map { state("w", $0, inputs: [a]) }
    let plan = try Plan(suite: "s", artifacts: [a] + states)
    var schedule = Schedule(plan: plan, done: [], seconds: [1, 1, 1])
    #expect(schedule.next() == [a])
    schedule.fail(a.key)
    #expect(states.allSatisfy { schedule[$0.key] == .blocked(by: a.key) })
    #expect(schedule.lost == 3 && schedule.next() == nil)
  }

  @Test func theMostUrgentPartOfAWalkDecides() throws {
    // Behind the third state of a short walk stands a long work; the other walk is longer by itself.
    let short = [1, 2, 3].map { state("short", $0) }
    let behind = artifact("behind", "{}", inputs: [short[2]])
    let long = state("long", 9)
    let plan = try Plan(suite: "s", artifacts: [long] + short + [behind])
    var schedule = Schedule(plan: plan, done: [], seconds: [10, 1, 1, 1, 8])
    #expect(schedule.next()?.first?.label == "short/1")
    var other = Schedule(plan: plan, done: [short[1].key], seconds: [10, 1, 1, 1, 7])
    // 1 + 1 + 7: what is there costs nothing.
    #expect(other.next()?.first?.label == "long/9")
  }
}
