import Foundation
import Testing

@Suite struct InspectTests {
  private static let weights: FloatTensor = ("fc.weight", [2, 3], [0.5, 0, -0.25, 0, 0, 2])

  @Test("a mask that holds is said to, with what is kept at zero and what has no mask")
  func holds() throws {
    let program = try Program(tensors: [
      "w": [Self.weights, ("fc.bias", [2], [0, 1])],
      "m": [("fc.weight", [2, 3], [1, 0, 1, 0, 1, 1])],
    ])
    defer { program.remove() }
    let found = try program.run("inspect", "w", "--against", "m")
    #expect(found.status == 0, "\(found.errors)")
    #expect(
      found.output.hasPrefix("the mask holds: 2 pruned weights of 1 tensor, all of them zero\n"))
    #expect(found.output.contains(/fc.weight\s+–\s+6\s+2\s+2\s+0\s+4\s+1\n/), "\(found.output)")
    #expect(found.output.contains("without a mask: fc.bias"))
  }

  @Test("a mask that was lost in part is told, with the first weight that came back")
  func lost() throws {
    let program = try Program(tensors: [
      "w": [Self.weights], "m": [("fc.weight", [2, 3], [1, 0, 0, 0, 0, 0])],
    ])
    defer { program.remove() }
    let found = try program.run("inspect", "w", "--against", "m")
    #expect(
      found.output.hasPrefix(
        "the mask does not hold: 2 of 5 pruned weights came back, the first is fc.weight[0, 2] = −0.25"
      ),
      "\(found.output)\(found.errors)")
    let json = try program.run("inspect", "w", "--against", "m", "--json")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(answer["holds"] as? Bool == false)
    let row = try #require((answer["tensors"] as? [[String: Any]])?.first)
    #expect(row["returned"] as? Int == 2 && row["keptAtZero"] as? Int == 0)
    #expect((row["first"] as? [String: Any])?["index"] as? [Int] == [0, 2])
  }

  @Test("NaN is a weight like others unless it is said to mean pruned")
  func notANumber() throws {
    let program = try Program(tensors: [
      "w": [("fc.weight", [4], [1, .nan, .nan, 0])], "m": [("fc.weight", [4], [1, 0, 0, 0])],
    ])
    defer { program.remove() }
    #expect(
      try program.run("inspect", "w", "--against", "m").output.hasPrefix(
        "the mask does not hold: 2 of 3 pruned weights came back, the first is fc.weight[1]"))
    #expect(
      try program.run("inspect", "w", "--against", "m", "--nan-is-pruned").output.hasPrefix(
        "the mask holds: 3 pruned weights"))
    #expect(try program.run("inspect", "w").output.contains(/all\s+4\s+3\s+75 %\s+2/))
    #expect(
      try program.run("inspect", "w", "--nan-is-pruned").output.contains(/all\s+4\s+1\s+25 %\s+2/))
  }

  @Test(
    "what is no mask of this network ends with a sentence",
    arguments: [
      (
        [("fc.weight", [2, 3], [1, 0, 0.5, 0, 0, 0])],
        "'fc.weight' has 0.5 at [0, 2], and a mask has only 0"
      ),
      ([("fc.weight", [3, 2], [1, 0, 1, 0, 0, 0])], "has shape [2, 3], and [3, 2] in the mask"),
      ([("conv.weight", [1], [1])], "conv.weight"),
    ] as [([FloatTensor], String)])
  func noMask(mask: [FloatTensor], sentence: String) throws {
    let program = try Program(tensors: ["w": [Self.weights], "m": mask])
    defer { program.remove() }
    let found = try program.run("inspect", "w", "--against", "m")
    #expect(found.status != 0 && found.errors.contains(sentence), "\(found.errors)")
  }
}
