import Foundation
import Testing

@testable import Laboratory

struct PlanTests {
  let root = artifact("root")
  var left: Artifact { artifact("left", #"{"value":2}"#, inputs: [root]) }
  var right: Artifact { artifact("right", #"{"value":3}"#, inputs: [root]) }
  var join: Artifact { artifact("join", #"{"value":4}"#, inputs: [left, right]) }

  @Test func keepsAnOrderThatIsTopological() throws {
    let plan = try Plan(suite: "s", artifacts: [root, right, left, join])
    #expect(plan.artifacts.map(\.label) == ["root", "right", "left", "join"])
    #expect(plan[join.key] == join)
    #expect(plan[artifact("other", "{}").key] == nil)
  }

  @Test func putsInputsFirst() throws {
    let plan = try Plan(suite: "s", artifacts: [join, left, right, root])
    #expect(plan.artifacts.map(\.label) == ["root", "left", "right", "join"])
  }

  @Test func mergesEqualKeys() throws {
    let plan = try Plan(suite: "s", artifacts: [root, artifact("the same")])
    #expect(plan.artifacts == [root])
  }

  @Test func reportsAllMissingInputs() throws {
    let expected = LaboratoryError.missingInputs([
      MissingInput(label: "left", role: "input 0", key: root.key),
      MissingInput(label: "join", role: "input 1", key: right.key),
    ])
    #expect(throws: expected) { try Plan(suite: "s", artifacts: [left, join]) }
  }

  @Test(arguments: ["", "a/b", "..", ".hidden", "a b", "é", String(repeating: "a", count: 201)])
  func refusesNamesThatAreNoFileNames(_ name: String) {
    #expect(throws: LaboratoryError.unsuitableName(name, use: "suite")) {
      try Plan(suite: name, artifacts: [])
    }
    #expect(throws: LaboratoryError.unsuitableName(name, use: "artifact kind")) {
      try Plan(suite: "s", artifacts: [artifact("x", kind: name)])
    }
  }

  @Test func refusesRecipesThatAreNotText() {
    let odd = Artifact(kind: "k", schema: 1, recipe: Data([0xff]), label: "odd")
    #expect(throws: LaboratoryError.unsuitableRecipe(label: "odd")) {
      try Plan(suite: "s", artifacts: [odd])
    }
  }

  @Test func longChainsNeedNoDeepStack() throws {
    var chain = [root]
    for index in 0..<5000 {
      chain.append(artifact("\(index)", #"{"value":\#(index)}"#, inputs: [chain[index]]))
    }
    let plan = try Plan(suite: "s", artifacts: chain.reversed())
    #expect(plan.artifacts == chain)
  }

  @Test func survivesJSON() throws {
    let plan = try Plan(suite: "s", artifacts: [root, left, right, join])
    #expect(try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan)) == plan)
  }

  @Test func whatOneOfThemKeepsIsKept() throws {
    let plan = try Plan(
      suite: "s",
      artifacts: [artifact("a", keeps: ["x"]), artifact("b", keeps: ["y", "x"]), artifact("c")])
    #expect(plan.artifacts == [artifact("a", keeps: ["x", "y"])])
  }

  @Test func aWalksArtifactsComeInItsOrder() throws {
    let states = [8, 2, 4].map { state("w", $0, inputs: [root]) }
    let other = state("v", 4, inputs: [states[1]])
    let plan = try Plan(suite: "s", artifacts: [root, states[0], other, states[1], states[2]])
    #expect(plan.artifacts.map(\.label) == ["root", "w/8", "w/2", "v/4", "w/4"])
    #expect(plan.walks == [[0], [2, 4, 1], [3]])
    #expect(plan.walkIndices == [0, 1, 1, 2, 1])
  }

  @Test func aWalkHasTheSameInputsEverywhere() {
    let walk = Walk(id: root.key, position: 1)
    let alone = artifact("alone", #"{"value":5}"#, walk: walk)
    let fed = artifact("fed", #"{"value":6}"#, inputs: [root], walk: walk)
    #expect(throws: LaboratoryError.unevenWalk(labels: ["alone", "fed"])) {
      try Plan(suite: "s", artifacts: [root, alone, fed])
    }
  }

  @Test func walksAndFilesSurviveJSONAndAreNotInTheKey() throws {
    let states = [2, 4].map { state("w", $0, keeps: ["b", "a"]) }
    let plan = try Plan(suite: "s", artifacts: states)
    let bytes = try JSONEncoder().encode(plan)
    #expect(try JSONDecoder().decode(Plan.self, from: bytes) == plan)
    let bare = Artifact(
      kind: "state", schema: 1, recipe: states[0].recipe, label: "another name", cost: 3)
    #expect(bare.key == states[0].key)
    #expect(states[0].walkID == states[1].walkID && states[0].walkID != states[0].key)
    #expect(bare.walkID == bare.key)
  }

  /// As versions before walks saved them.
  @Test func plansWithoutWalksAreRead() throws {
    let old =
      #"{"artifacts":[{"cost":1,"inputs":{},"kind":"number","label":"root","recipe":"{\"value\":1}","schema":1}],"suite":"s"}"#
    let plan = try JSONDecoder().decode(Plan.self, from: Data(old.utf8))
    #expect(plan.artifacts == [root])
  }
}
