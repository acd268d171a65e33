import Foundation
import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("AblationPlan")
struct AblationPlanTests {
  private func counts(_ plan: AnalysisPlan<AblationCell>) -> [String: Int] {
    Dictionary(plan.artifacts.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }

  @Test("further replicates ask for what is open, and for nothing that only others need")
  func open() throws {
    let decoded = try decode(
      yaml(
        methods: methodsOfEverySort,
        more: "replicates: {looks: [2, 4], until: decided}\nablations: [shuffle, reinitialize]"))
    let first = try AnalysisPlan(expanding: decoded.suite, design(decoded))
    #expect(Set(first.cells.map(\.replicate)) == [1, 2])
    var rest = design(decoded)
    let density = rest.densities[1]
    let method = try #require(rest.methods.first { !$0.prunesAtRandom }).name
    rest.open = Set(
      ["none", "reinitialize"].map {
        AblationDesign.Place(arm: Arm(method: method, ablation: $0), density: density)
      })
    var isAsked = false
    let plan = try AnalysisPlan(expanding: decoded.suite, design(decoded)) { plan in
      guard !isAsked else { return nil }
      isAsked = true
      #expect(plan.cells == first.cells && plan.artifacts.map(\.key) == first.artifacts.map(\.key))
      return (3...4, rest)
    }
    let later = plan.cells.filter { $0.replicate > 2 }
    #expect(
      later.map { "\($0.method) \($0.combination.name) \($0.replicate)" }
        == (3...4).flatMap { replicate in
          ["dense none", "\(method) none", "\(method) reinitialize"].map { "\($0) \(replicate)" }
        })
    #expect(later.allSatisfy { $0.density == density || $0.density == .one })
    let added = plan.artifacts.dropFirst(first.artifacts.count)
    #expect(!added.isEmpty && added.allSatisfy { !$0.label.contains("shuffle") })
    #expect(plan.first == first.first && plan.first.allSatisfy { $0.replicate == 1 })
  }

  @Test("equal work is done once")
  func sharing() throws {
    // 4 methods × 2 densities × (itself + 4 ablations), and one dense training, per replicate.
    let plan = try AnalysesTests.plan(yaml(methods: methodsOfEverySort, more: "replicates: 3"))
    #expect(plan.cells.count == 3 * (1 + 4 * 2 * 5))
    #expect(
      counts(plan) == [
        // One of each per run; magnitude after training takes the dense network's last state.
        "state": 3 * (1 + 4 * 2 * 5),
        "trace": 3 * (1 + 4 * 2 * 5),
        // One per method that ranks once, whatever the density and the inversion.
        "scores": 3 * 3,
        // The method's own and two inversions.
        "mask": 3 * 4 * 2 * 3,
        "ablated-mask": 3 * 4 * 2,
      ])
    #expect(Set(plan.artifacts.map(\.key)).count == plan.artifacts.count)
    #expect(Set(plan.artifacts.map(\.label)).count == plan.artifacts.count)
    // Combinations share what the parts make.
    let combined = try AnalysesTests.plan(
      yaml(
        methods: methodsOfEverySort,
        more: "replicates: 3\nablations: [shuffle, [shuffle, reinitialize]]"))
    #expect(counts(combined)["ablated-mask"] == 3 * 4 * 2)
    #expect(counts(combined)["mask"] == 3 * 4 * 2)
    // Two methods that differ in the ablations only are one.
    let twice = try AnalysesTests.plan(
      yaml(methods: "{a: snip, b: {criterion: snip, ablations: []}}", more: "ablations: []"))
    #expect(
      counts(twice)
        == ["state": 8 * (1 + 2), "trace": 8 * (1 + 2), "scores": 8, "mask": 8 * 2])
  }

  @Test("every input comes before what needs it, and a laboratory's plan takes all")
  func order() throws {
    let plan = try AnalysesTests.plan(yaml(methods: methodsOfEverySort))
    var seen: Set<Key> = []
    for artifact in plan.artifacts {
      #expect(artifact.inputs.values.allSatisfy(seen.contains), "\(artifact.label)")
      seen.insert(artifact.key)
    }
    let artifacts = try Plan(suite: "test", artifacts: plan.artifacts).artifacts
    #expect(artifacts.map(\.key) == plan.artifacts.map(\.key))
    for cell in plan.cells {
      for key in [cell.training.state, cell.training.trace, cell.training.original, cell.mask] {
        #expect(key.map(seen.contains) ?? true)
      }
    }
  }

  @Test("no dense training where nothing needs one and none is asked for")
  func withoutDense() throws {
    let plan = try AnalysesTests.plan(yaml(methods: "{snip: snip}", more: "dense: false"))
    #expect(!plan.artifacts.contains { $0.label.contains(Method.dense) })
    #expect(!plan.cells.contains { $0.method == Method.dense })
    let needed = try AnalysesTests.plan(
      yaml(methods: "{m: {criterion: snip, mask-from: 1ep}}", more: "dense: false"))
    #expect(needed.artifacts.filter { $0.label.contains(Method.dense) }.count == 8)
    #expect(!needed.cells.contains { $0.method == Method.dense })
  }

  @Test("imported masks")
  func imported() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for (index, name) in ["1-0.512", "1-0.1", "2-0.512", "2-0.1"].enumerated() {
      try scratch.write(name, mask(keeping: name.hasSuffix("0.1") ? 148 : 758, from: index))
    }
    let plan = try AnalysesTests.plan(
      yaml(methods: "{m: {masks: '{replicate}-{density}'}}", more: "replicates: 2"),
      folder: scratch.url)
    #expect(
      counts(plan) == [
        "imported-mask": 4, "ablated-mask": 4, "state": 2 + 4 * 3, "trace": 2 + 4 * 3,
      ])
  }

  @Test("labels")
  func labels() throws {
    let plan = try AnalysesTests.plan(
      yaml(
        methods: "{snip: snip}",
        more: "replicates: 1\nablations: [[shuffle, invert-global]]"
      )
      .replacing("0.8^3, ", with: "0.8^6, "))
    #expect(
      plan.artifacts.map(\.label).prefix(9) == [
        "training dense · replicate 1", "validation dense · replicate 1",
        "scores snip · replicate 1", "mask snip · 26.2 % · replicate 1",
        "training snip · 26.2 % · replicate 1", "validation snip · 26.2 % · replicate 1",
        "mask snip · invert-global · 26.2 % · replicate 1",
        "shuffle snip · invert-global · 26.2 % · replicate 1",
        "training snip · invert-global + shuffle · 26.2 % · replicate 1",
      ])
  }

  @Test("costs grow with the work")
  func costs() throws {
    let suite = try decode(yaml(methods: "{snip: snip}")).suite
    let plan = try AnalysesTests.plan(yaml(methods: methodsOfEverySort))
    #expect(plan.artifacts.allSatisfy { $0.cost > 0 && $0.cost.isFinite })
    // A state that joins a walk takes its steps from the one after it, in whichever order they come.
    for steps in [[8, 64, 24], [64, 24, 8], [24, 8, 64]] {
      var builder = PlanBuilder()
      let dense = try ScoredReplicate(suite, 1).dense
      for step in steps { _ = try dense.state(after: step, in: &builder) }
      let walk = try #require(try builder.artifacts.walks.first)
      for (step, before) in [(8, 0), (24, 8), (64, 24)] {
        // The evaluation alone is what the state at the walk's first step costs.
        let evaluation = StateRecipe(walk: dense.recipe, step: 0).cost
        let expected = evaluation + dense.recipe.cost(ofSteps: step - before)
        let found = try #require(walk.states[step]).cost
        #expect(abs(found - expected) < 1e-9 * expected)
        #expect(evaluation > 0 && expected > evaluation)
      }
    }
  }

  @Test("keys: a change here makes users compute everything again, so let it be on purpose")
  func goldenKeys() throws {
    let plan = try AnalysesTests.plan(
      """
      analysis: ablation
      network: lenet-6
      dataset: {name: gaussian-mixture, classes: 3, dimension: 4, train: 60, test: 30}
      training: {duration: 2ep, batch-size: 10}
      replicates: 1
      densities: [0.8^6]
      methods: {snip: snip, ticket: {criterion: magnitude, mask-from: last, ablations: [shuffle]}}
      ablations: [reinitialize, invert-layerwise]
      """)
    #expect(
      plan.artifacts.map { "\($0.label): \($0.key.short)" } == [
        "training dense · replicate 1: 6f83ea695d23",
        "validation dense · replicate 1: 72b338b5c327",
        "scores snip · replicate 1: 63d633bdaf0a",
        "mask snip · 26.2 % · replicate 1: 26bb7ef4f8cb",
        "training snip · 26.2 % · replicate 1: 8097016474eb",
        "validation snip · 26.2 % · replicate 1: bfb3f479f384",
        "training snip · reinitialize · 26.2 % · replicate 1: 62303c733bd7",
        "validation snip · reinitialize · 26.2 % · replicate 1: d5277fdaddde",
        "mask snip · invert-layerwise · 26.2 % · replicate 1: 423878de5aa6",
        "training snip · invert-layerwise · 26.2 % · replicate 1: c6241c1e95bb",
        "validation snip · invert-layerwise · 26.2 % · replicate 1: cc691ca229e6",
        "scores ticket · replicate 1: 81b65170ebc0",
        "mask ticket · 26.2 % · replicate 1: 423cde3b5947",
        "training ticket · 26.2 % · replicate 1: 413f9f7cad16",
        "validation ticket · 26.2 % · replicate 1: c047d43a8f14",
        "shuffle ticket · 26.2 % · replicate 1: 1fa15523ff2c",
        "training ticket · shuffle · 26.2 % · replicate 1: 2fd0ddd2d3e2",
        "validation ticket · shuffle · 26.2 % · replicate 1: c27f76779e90",
      ])
  }
}
