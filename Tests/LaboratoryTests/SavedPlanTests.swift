import Foundation
import Testing

@testable import Laboratory

struct SavedPlanTests {
  @Test func theLastPlanOfEachSuiteIsKept() throws {
    let scratch = try Scratch()
    let store = scratch.store
    #expect(try store.savedPlan(suite: "a") == nil)
    #expect(try store.savedPlans() == [])
    let first = try Plan(suite: "a", artifacts: [artifact("one")])
    let second = try Plan(suite: "a", artifacts: [artifact("two", "{}")])
    let other = try Plan(suite: "b", part: "look 1 of 2", artifacts: [])
    for plan in [first, other, second] { try store.save(plan) }
    #expect(try store.savedPlan(suite: "a") == second)
    #expect(try store.savedPlans() == [second, other])
  }

  @Test func anUnreadablePlanIsAnErrorForCleaningOnly() throws {
    let scratch = try Scratch()
    let plan = try Plan(suite: "a", artifacts: [artifact("one")])
    try scratch.store.save(plan)
    let path = scratch.store.paths.plan(suite: "a")
    try Data("{".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: LaboratoryError.unreadablePlan(path: path)) { try scratch.store.savedPlans() }
    #expect(try scratch.store.assess(plan).standings == [.toCompute(.firstTime)])
  }
}
