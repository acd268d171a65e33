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
}
