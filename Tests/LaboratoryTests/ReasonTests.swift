import Foundation
import Testing

@testable import Laboratory

struct ReasonTests {
  let parent = artifact("parent")

  func reason(_ now: Artifact, before: Artifact?) throws -> Reason {
    let parents = [parent, artifact("new parent", #"{"value":9}"#)]
    let plan = try Plan(suite: "s", artifacts: parents + [now])
    return .forAbsent(now, before: before, in: plan)
  }

  @Test func aNewLabelIsAFirstTime() throws {
    #expect(try reason(artifact("a", "{}"), before: nil) == .firstTime)
  }

  @Test func anUnfinishedArtifactOfTheLastPlanIsAFirstTime() throws {
    let same = artifact("a", "{}")
    #expect(try reason(same, before: same) == .firstTime)
  }

  /// One more rewinding step gives artifacts the labels that others have, which stay.
  @Test func anArtifactThatIsStillInThePlanHasNotChanged() throws {
    let before = artifact("a", #"{"steps":1}"#)
    let now = artifact("a", #"{"steps":2}"#)
    let plan = try Plan(suite: "s", artifacts: [before, now])
    #expect(Reason.forAbsent(now, before: before, in: plan) == .firstTime)
  }

  @Test func anotherRecipeIsAChange() throws {
    let now = artifact("a", #"{"steps":2}"#, inputs: [parent])
    let before = artifact("a", #"{"steps":1}"#)
    #expect(
      try reason(now, before: before)
        == .changed([FieldChange(path: "steps", old: "1", new: "2")]))
  }

  @Test func anotherSchemaIsAChange() throws {
    let now = Artifact(kind: "number", schema: 2, recipe: Data("{}".utf8), label: "a")
    #expect(
      try reason(now, before: artifact("a", "{}"))
        == .changed([FieldChange(path: "schema", old: "1", new: "2")]))
  }

  @Test func anotherInputIsToldByItsLabel() throws {
    let newParent = artifact("new parent", #"{"value":9}"#)
    let now = artifact("a", "{}", inputs: [newParent])
    #expect(
      try reason(now, before: artifact("a", "{}", inputs: [parent]))
        == .inputRedone(label: "new parent"))
  }

  @Test func isToldInFewWords() {
    let changes = (1...5).map { FieldChange(path: "f\($0)", old: "0", new: "\($0)") }
    #expect(
      Reason.changed(changes).description
        == "changed: f1: 0 → 1, f2: 0 → 2, f3: 0 → 3 and 2 more")
    #expect(Reason.firstTime.description == "first time")
    #expect(Reason.inputRedone(label: "dense").description == "its input dense is redone")
    #expect(Reason.notKept(["b", "a"]).description == "its a, b were not kept")
    #expect(
      Reason.damaged(.contentsDiffer(file: "m.safetensors")).description
        == "damaged: the contents of m.safetensors changed after it was written")
  }
}
