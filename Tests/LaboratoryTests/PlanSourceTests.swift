import Foundation
import Testing

@testable import Laboratory

struct PlanSourceTests {
  @Test func aSuiteIsGoneWhenItsFileIsAndNotElsewhere() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "source-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "suite.yaml").path
    try Data("analysis: ablation".utf8).write(to: URL(fileURLWithPath: file))
    let here = PlanSource(path: file, settings: ["seed=2"])
    let other = PlanSource(path: file, isPiped: false, settings: [], machine: "another")
    #expect(here.words == "\(file) --set 'seed=2'")
    #expect(!here.isGone && !other.isGone)
    try FileManager.default.removeItem(atPath: file)
    #expect(here.isGone)
    #expect(!other.isGone, "its path is one of another machine")
    #expect(
      PlanSource(path: folder.path, isPiped: true).words == "standard input in \(folder.path)")
  }

  @Test func savedPlansKeepItAndEarlierOnesHaveNone() throws {
    let scratch = try Scratch()
    let source = PlanSource(path: "/somewhere/suite.yaml", settings: ["seed=2"])
    let plan = try Plan(suite: "s", source: source, artifacts: [artifact("a", "{}")])
    try scratch.store.save(plan)
    #expect(try scratch.store.savedPlan(suite: "s")?.source == source)
    try scratch.store.save(Plan(suite: "t", artifacts: [artifact("a", "{}")]))
    #expect(try #require(try scratch.store.savedPlan(suite: "t")).source == nil)
    try scratch.store.forget(plan)
    #expect(try scratch.store.savedPlans().map(\.suite) == ["t"])
  }
}
