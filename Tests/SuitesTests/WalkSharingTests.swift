import Laboratory
import Recipes
import Testing

@testable import Suites

/// What a suite computes anew when it asks for a little more: what nobody has computed, and nothing else.
@Suite("Keys are what is done")
struct WalkSharingTests {
  private func artifacts(_ text: String) throws -> [Artifact] {
    try SuiteWork(expanding: try decode(text)).artifacts
  }

  /// The kinds of what `text` needs beyond `before`, all of whose keys it must have.
  private func added(_ text: String, to before: [Artifact]) throws -> [String: Int] {
    let (all, old) = (try artifacts(text), Set(before.map(\.key)))
    #expect(old.isSubset(of: all.map(\.key)))
    return Dictionary(
      all.filter { !old.contains($0.key) }.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }

  private static let controls = """
    levels: 3
    controls: {random: true, shuffle: true, reinitialize: 2, other-seed: true, densities: [0.8]}
    """

  @Test("one more rewinding step adds a state of each dense network, and what starts there")
  func rewinding() throws {
    let before = try artifacts(lottery("rewind: 0it\n" + Self.controls))
    // Of the controls, the reinitialized networks do not start there; the last replicate's other seed is a third
    // network. Level 1's mask is the same, levels 2 and 3 have masks of their own.
    let runs = 2 * (3 + 3)
    #expect(
      try added(lottery("rewind: [0it, 11it]\n" + Self.controls), to: before) == [
        "state": 3 + runs, "trace": runs, "scores": 2 * 2, "mask": 2 * 2,
      ])
  }

  @Test("controls at one more density, and one more kind of control, add their own alone")
  func densities() throws {
    let before = try artifacts(lottery(Self.controls))
    #expect(
      try added(lottery(Self.controls.replacing("[0.8]", with: "[0.8, 0.8^2]")), to: before) == [
        "state": 2 * 5, "trace": 2 * 5, "scores": 2, "mask": 2, "ablated-mask": 2,
      ])
    let without = try artifacts(lottery(Self.controls.replacing("shuffle: true, ", with: "")))
    #expect(
      try added(lottery(Self.controls), to: without) == ["state": 2, "trace": 2, "ablated-mask": 2])
  }

  @Test("one more replicate leaves all others' artifacts, the other seed's too")
  func replicates() throws {
    let text = "rewind: [0it, 11it]\n" + Self.controls
    let before = try artifacts(lottery(text))
    // Dense, 3 tickets and 5 controls at both steps; reinitialized networks and level 1's mask are common to both.
    // The new dense network is there at step 11, as the other seed of the second.
    let (runs, fresh) = (1 + 2 * (3 + 3) + 2, 1 + 1)
    #expect(
      try added(lottery(text, replicates: 3), to: before) == [
        "state": runs + fresh - 1, "trace": runs, "scores": 1 + 2 * 2 + 1, "mask": 1 + 2 * 2 + 1,
        "ablated-mask": 1,
      ])
  }

  @Test("one more step of an instability suite adds children, paths and the parents' states there")
  func instabilities() throws {
    let before = try artifacts(instability(steps: "[0it, 1ep]"))
    #expect(
      try added(instability(steps: "[0it, 4it, 1ep]"), to: before)
        == ["state": 2 * (1 + 3), "segment": 2 * 3])
    #expect(
      try added(instability("orders: 4", steps: "[0it, 1ep]"), to: before)
        == ["state": 2 * 2, "segment": 2 * 2 * 3])
  }

  @Test("one more method on another step's weights adds that state, scores, masks and its runs")
  func masksFrom() throws {
    let more = "replicates: 2\nablations: [shuffle]"
    let before = try artifacts(yaml(methods: "{snip: snip}", more: more))
    #expect(
      try added(
        yaml(methods: "{snip: snip, late: {criterion: snip, mask-from: 3ep}}", more: more),
        to: before) == [
          "state": 2 * (1 + 2 * 2), "trace": 2 * 2 * 2, "scores": 2, "mask": 2 * 2,
          "ablated-mask": 2 * 2,
        ])
    let sparser = yaml(methods: "{snip: snip}", more: more)
      .replacing("[0.8^3, 10%]", with: "[0.8^3, 10%, 5%]")
    #expect(
      try added(sparser, to: before)
        == ["state": 2 * 2, "trace": 2 * 2, "mask": 2, "ablated-mask": 2])
  }

  @Test("an evaluation schedule is no part of a state, but of a trace")
  func schedules() throws {
    let before = try artifacts(yaml())
    let after = try artifacts(
      yaml().replacing("batch-size: 162", with: "batch-size: 162, evaluate-every: 2ep"))
    for (one, other) in zip(before, after) {
      #expect((one.key == other.key) == (one.kind != "trace"), "\(one.label)")
    }
    // Without a validation split nothing is traced.
    let none = try artifacts(
      yaml().replacing("dataset: digits", with: "dataset: {name: digits, validation: 0}"))
    #expect(!none.contains { $0.kind == "trace" })
  }

  @Test("lottery, ablation, instability and curve suites share the dense networks' states")
  func suites() throws {
    let ablation = try artifacts(
      yaml(
        methods: "{late: {criterion: magnitude, mask-from: last, continue-from: 11it}}",
        more: "replicates: 2\nablations: []"))
    let lottery = try artifacts(lottery("levels: 2\nrewind: 11it\ncontrols: []"))
    let common = Set(ablation.map(\.key)).intersection(lottery.map(\.key))
    let shared = ablation.filter { common.contains($0.key) }
    // Each dense network at 11 and at the end, and the scores there. The lottery's traces see the test split too.
    let kinds = ["scores", "scores", "state", "state", "state", "state"]
    #expect(shared.map(\.kind).sorted() == kinds)
    let walks = try shared.walks
    #expect(walks.count == 2 && walks.allSatisfy { $0.states.keys.sorted() == [11, 64] })
    let all = try Plan(suite: "test", artifacts: ablation + lottery)
    #expect(all.artifacts.trainings == 2 + 2 * 2 + 2 * 2)
  }

  @Test("another name changes no key")
  func names() throws {
    let methods =
      "{a: random, b: {criterion: random, scope: layerwise}, c: snip, d: {criterion: magnitude, "
      + "mask-from: last}}"
    let before = try artifacts(yaml(methods: methods)).map(\.key)
    let renamed = methods.replacing("a: r", with: "x: r").replacing("b: {", with: "y: {")
      .replacing("c: s", with: "z: s").replacing("d: {", with: "w: {")
    #expect(renamed != methods)
    #expect(try artifacts(yaml(methods: renamed)).map(\.key) == before)
  }

  @Test("two random methods draw apart, by their order among random ones alone")
  func draws() throws {
    func keys(_ methods: String, _ name: String) throws -> [Key] {
      let plan = try SuitesTests.plan(yaml(methods: methods, more: "ablations: [shuffle]"))
      return plan.cells.filter { $0.method == name }.map(\.training.state)
    }
    let two = "{a: random, b: random}"
    #expect(try Set(keys(two, "a")).isDisjoint(with: keys(two, "b")))
    // Swapped, each takes the other's draw; what is no draw between them moves nothing.
    #expect(try keys("{b: random, a: random}", "b") == keys(two, "a"))
    #expect(try keys("{b: random, a: random}", "a") == keys(two, "b"))
    #expect(try keys("{a: random, s: snip, b: random}", "b") == keys(two, "b"))
    #expect(try keys("{a: random, s: snip, b: random}", "s") == keys("{s: snip}", "s"))
  }

  @Test("files are kept for whom reads them, moments where a walk may go on")
  func files() throws {
    func walks(_ optimizer: String, _ device: String = "cpu") throws -> [WalkOfPlan] {
      try artifacts(
        lottery("levels: 2\nrewind: 11it\ncontrols: []", replicates: 1).replacing(
          "batch-size: 162", with: "batch-size: 162, \(optimizer), device: \(device)")
      ).walks
    }
    let (weights, moments) = (ArtifactFile.weights(after:), ArtifactFile.moments)
    let adam = try walks("optimizer: adam")
    #expect(adam.count == 3)
    #expect(adam[0].states[11]?.keeps == [weights(11), moments])
    #expect(adam[0].states[64]?.keeps == [weights(64)])
    #expect(adam[1].states[64]?.keeps == [weights(64)] && adam[2].states[64]?.keeps == [])
    #expect(try walks("momentum: 0.9")[0].states[11]?.keeps == [weights(11), moments])
    #expect(try walks("momentum: 0")[0].states[11]?.keeps == [weights(11)])
    // A GPU's walk never goes on from a state, and never gives the same weights again.
    let gpu = try walks("optimizer: adam", "cuda")
    #expect(gpu[0].states[11]?.keeps == [weights(11)])
    #expect(gpu[2].states[64]?.keeps == [weights(64)])
  }
}
