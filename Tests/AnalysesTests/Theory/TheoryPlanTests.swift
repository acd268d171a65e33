import Foundation
import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Plans of theory")
struct TheoryPlanTests {
  private func work(_ text: String) throws -> SuiteWork {
    try SuiteWork(expanding: try decode(text))
  }

  private func kinds(_ work: SuiteWork) -> [String: Int] {
    Dictionary(work.artifacts.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }

  @Test("one-shot methods take one artifact, iterative ones one per compression")
  func collapse() throws {
    let work = try work(
      theory(
        "collapse",
        "compressions: {powers-of-two: 3}\nmethods: {random: random, magnitude: magnitude,"
          + " synflow: {criterion: synflow, schedule: {exponential: 100}}}"))
    #expect(kinds(work) == ["collapse": 2 * (1 + 1 + 4)])
    #expect(work.runs == 12)
    #expect(
      work.artifacts.map(\.label).prefix(4) == [
        "collapse random · replicate 1", "collapse magnitude · replicate 1",
        "collapse synflow · 1× · replicate 1", "collapse synflow · 2× · replicate 1",
      ])
    let costs = work.artifacts.map(\.cost)
    #expect(costs[3] > 50 * costs[2], "keeping everything takes no iterations")
  }

  @Test("trained weights come from one training that keeps them")
  func trained() throws {
    let text = """
      analysis: conservation
      network: lenet-20
      dataset: digits
      replicates: 2
      training: {duration: 3ep, batch-size: 162}
      methods: {magnitude: magnitude, snip: snip}
      steps: [0it, 1ep, last]
      """
    let work = try work(text)
    // No trace: nobody reads one.
    #expect(kinds(work) == ["state": 2 * 2, "saliency": 2 * 2 * 3])
    #expect(try work.artifacts.walks.map(\.kept) == [[8, 24], [8, 24]])
    for artifact in work.artifacts where artifact.kind == "saliency" {
      #expect(artifact.inputs.isEmpty == artifact.label.contains("· 0it"))
    }
    _ = try Plan(suite: "test", artifacts: work.artifacts)
  }

  @Test("one iteration is one shot, whatever the schedule")
  func schedules() throws {
    let work = try work(
      theory("schedule", "exponents: [0, 1]\niterations: [1, 10]\nreplicates: 1")
        .replacing("replicates: 2\n", with: ""))
    // 10^0 once; 10^1 once in one shot, and in ten iterations of either schedule.
    #expect(kinds(work) == ["prune-size": 4])
    #expect(work.runs == 8)
  }
}
