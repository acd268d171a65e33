import Foundation
import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Plans of instability")
struct InstabilityPlanTests {
  private func work(_ text: String) throws -> SuiteWork {
    try SuiteWork(expanding: try decode(text))
  }

  private func kinds(_ work: SuiteWork) -> [String: Int] {
    Dictionary(work.artifacts.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }

  @Test("a parent, children at every step, and segments between all pairs")
  func counts() throws {
    let work = try work(instability())
    // Two initializations of: a parent, 2 steps × 3 children, 2 steps × 3 pairs.
    #expect(kinds(work) == ["state": 2 * (1 + 6), "segment": 2 * 6])
    #expect(work.runs == 12)
    _ = try Plan(suite: "test", artifacts: work.artifacts)
  }

  @Test(
    "children share weights, step and schedule with their siblings, and differ in their order alone"
  )
  func children() throws {
    let all = try work(instability("orders: 2")).artifacts.walks
    let parent = try #require(all.first { $0.states[8] != nil })
    #expect(parent.kept == [8] && parent.states.count == 1 && parent.recipe.firstStep == 0)
    let late = all.filter { $0.recipe.firstStep == 8 }
    #expect(late.count == 4)
    let start = WeightsSource.checkpoint(iteration: 8)
    #expect(late.allSatisfy { $0.recipe.start == start && $0.recipe.scheduleOffset == 0 })
    #expect(late.allSatisfy { $0.kept == [24] && $0.traces.isEmpty })
    let parentKey = try #require(parent.states[8]).key
    #expect(late.prefix(2).allSatisfy { $0.inputs == [InputRole.weights: parentKey] })
    #expect(Set(late.map(\.recipe.order)).count == 4)
    #expect(late[0].recipe.order.description == "seed 1 / replicate 1 / order / child 1")
    let early = all.filter { $0.recipe.firstStep == 0 && $0.kept == [24] }
    // A child's order is its own whatever the step.
    #expect(early.prefix(2).map(\.recipe.order) == late.prefix(2).map(\.recipe.order))
    #expect(early.allSatisfy { $0.inputs.isEmpty })
    #expect(early[0].recipe.start == parent.recipe.start)
  }

  @Test("at initialization alone no parent is trained")
  func atInitialization() throws {
    let work = try work(instability("orders: 2", steps: "[0it]"))
    #expect(kinds(work) == ["state": 4, "segment": 2])
  }

  @Test("subnetworks train under their masks, found once for all steps")
  func subnetworks() throws {
    let work = try work(
      instability(
        "orders: 2\ndensities: [20%]\nmethods: {random: random, late: {criterion: magnitude,"
          + " mask-from: last}}"))
    #expect(
      kinds(work) == [
        "state": 2 * (2 + 3 * 2 * 2), "segment": 2 * 3 * 2, "scores": 2 * 2, "mask": 2 * 2,
      ])
    let all = try work.artifacts.walks
    #expect(all.count { $0.kept == [8, 24] } == 2)
    #expect(all.count { $0.inputs[InputRole.mask] != nil } == 2 * 2 * 4)
    let paths = work.artifacts.filter { $0.kind == "segment" }
    #expect(paths.count { $0.inputs[InputRole.mask] != nil } == 2 * 2 * 2)
  }

  @Test("the dense parent, scores and masks are an ablation suite's")
  func shared() throws {
    let methods = "{late: {criterion: magnitude, mask-from: last, continue-from: 1ep}}"
    let ablation = try work(
      """
      analysis: ablation
      network: lenet-20
      dataset: digits
      replicates: 2
      training: {duration: 3ep, batch-size: 162}
      densities: [20%]
      methods: \(methods)
      ablations: []
      """)
    let instability = try work(
      instability("densities: [20%]\nmethods: {late: {criterion: magnitude, mask-from: last}}"))
    let common = Set(ablation.artifacts.map(\.key)).intersection(instability.artifacts.map(\.key))
    let kinds = ablation.artifacts.filter { common.contains($0.key) }.map(\.kind)
    // Of each dense network the states after one epoch and at the end.
    #expect(
      kinds.sorted() == ["mask", "mask", "scores", "scores", "state", "state", "state", "state"])
  }

  @Test("tickets are a lottery suite's, rewound to every step of parting")
  func tickets() throws {
    let lottery = try work(
      """
      analysis: lottery
      network: lenet-20
      dataset: digits
      replicates: 2
      training: {duration: 3ep, batch-size: 162}
      levels: 2
      rewind: [0it, 1ep]
      controls: []
      """)
    let instability = try Planned(
      InstabilityDesign.self, instability("densities: [0.8^2]\nladder: {levels: 2}\norders: 2")
    ).plan
    let common = Set(lottery.artifacts.map(\.key)).intersection(instability.artifacts.map(\.key))
    let shared = Dictionary(
      lottery.artifacts.filter { common.contains($0.key) }.map { ($0.kind, 1) },
      uniquingKeysWith: +)
    // Per replicate: the dense network's states at the step and the end, a level's last for each step, and every
    // mask; the first level is the same for both steps.
    #expect(shared == ["state": 2 * 4, "mask": 2 * 3, "scores": 2 * 3])
    let tickets = instability.cells.filter { $0.network.method == "ticket" }
    #expect(tickets.map(\.network.words).allSatisfy { $0 == "ticket at 64 %" })
    #expect(tickets.map(\.unsharedTrainings) == [4, 5, 4, 5])
    _ = try Plan(suite: "test", artifacts: instability.artifacts)
  }

  @Test("paths name their ends, their parent and what is measured")
  func paths() throws {
    let decoded = try decode(instability(network: "resnet-8-4"))
    let work = try SuiteWork(expanding: decoded)
    let paths = try work.artifacts.compactMap { artifact in
      try artifact.work(SegmentRecipe.self).map { (artifact, $0) }
    }
    #expect(Set(paths[0].0.inputs.keys) == [InputRole.start, InputRole.end])
    #expect(Set(paths[3].0.inputs.keys) == [InputRole.start, InputRole.end, InputRole.weights])
    #expect(paths[3].1.parent == .checkpoint(iteration: 8))
    #expect(paths.allSatisfy { $0.1.startIteration == 24 && $0.1.points == 30 })
    #expect(Set(paths.map(\.1.measurement)).count == 1)
    #expect(paths[0].1.measurement.statistics == [.interpolated, .recomputed])
    for (artifact, recipe) in paths {
      #expect(artifact.cost > 0 && artifact.cost == recipe.cost)
      #expect(artifact.memory > 120_000_000 && artifact.memory == recipe.peak)
    }
  }
}
