import Foundation
import Testing

/// `espalier inspect` of several masks.
@Suite struct MaskSetTests {
  /// A tensor of zeros and ones, kept at `places`.
  private static func mask(_ name: String, _ shape: [Int], _ places: some Sequence<Int>)
    -> StoredTensor
  {
    let kept = Set(places)
    return StoredTensor(
      name, shape, bytes: (0..<shape.reduce(1, *)).map { kept.contains($0) ? 1 : 0 })
  }

  /// 60 of 200 weights; the same but for one that moved on by one place; 50 weights, 22 of which are among the first.
  private static let trio: [String: [StoredTensor]] = [
    "one": [mask("fc.weight", [10, 20], 0..<60)],
    "shifted": [mask("fc.weight", [10, 20], Array(0..<59) + [60])],
    "other": [mask("fc.weight", [10, 20], 38..<88)],
  ]

  private func program(_ files: [String: [StoredTensor]]) throws -> Program {
    let program = try Program()
    for (name, tensors) in files {
      try StoredTensor.file(tensors).write(to: program.path(name))
    }
    return program
  }

  @Test("every two masks stand beside random ones; one weight that moved is found")
  func overlaps() throws {
    let program = try program(Self.trio)
    defer { program.remove() }
    let found = try program.run("inspect", "one", "shifted", "other")
    #expect(found.status == 0, "\(found.errors)")
    let lines = found.output.split(separator: "\n").map(String.init)
    try #require(
      lines.count == 7, "two answers, one pair that is nearly equal, a header and three rows")
    #expect(
      lines[0]
        == "3 masks of 1 tensor with 200 weights: of 3 pairs 3 share more weights than masks drawn at random with as "
        + "many in every tensor, 0 fewer (p < 0.05, Holm over all pairs).")
    #expect(
      lines[1]
        == "Most beyond chance: one and shifted, Jaccard 0.967, by chance 0.176, z = 13.8, p < 0.001."
    )
    #expect(
      lines[2]
        == "one and shifted differ in 2 weights, the first of them fc.weight[2, 19], which one keeps alone."
    )
    // scipy.stats.hypergeom(200, 60, 50): mean 15, p of 22 two-sided 0.0198 (SciPy 1.17.1), twice that by Holm.
    #expect(
      found.output.contains(
        /one\s+other\s+60\s+50\s+22\s+15.0\s+0.25\s+0.158\s+\+2.5\s+0.040/), "\(found.output)")
  }

  @Test("programs get every tensor's exact p")
  func json() throws {
    let program = try program(Self.trio)
    defer { program.remove() }
    let found = try program.run("inspect", "one", "other", "--json")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any])
    let pair = try #require((answer["pairs"] as? [[String: Any]])?.first)
    #expect(pair["both"] as? Int == 22 && pair["differing"] as? Int == 66)
    #expect(pair["expected"] as? Double == 15)
    let tensor = try #require((pair["tensors"] as? [[String: Any]])?.first)
    // SciPy 1.17.1, as above.
    let p = try #require(tensor["p"] as? Double)
    #expect(abs(p - 0.01976544003053147) < 1e-9)
    #expect(pair["p"] as? Double == p && pair["adjustedP"] as? Double == p)
    // hypergeom(200, 60, 50).ppf of 0.025 and 0.975.
    #expect(tensor["usual"] as? [Int] == [10, 21])
    let difference = try #require(pair["firstDifference"] as? [String: Any])
    #expect(difference["index"] as? [Int] == [0, 0] && difference["isInFirst"] as? Bool == true)
  }

  @Test("tensors are matched by name; what a file lacks is told")
  func unequal() throws {
    let program = try program([
      "a": [Self.mask("x", [4], [0]), Self.mask("y", [2, 2], [0, 1]), Self.mask("z", [3], [])],
      "b": [Self.mask("y", [2, 2], [0, 1]), Self.mask("x", [4], [0]), Self.mask("w", [1], [0])],
    ])
    defer { program.remove() }
    let found = try program.run("inspect", "a", "b")
    #expect(found.output.hasPrefix("2 masks of 2 tensors with 8 weights"), "\(found.errors)")
    #expect(found.output.contains("\na lacks w, not compared.\nb lacks z, not compared.\n"))
    #expect(found.output.contains("a and b are equal."))
  }

  @Test("weights are compared by what is not zero, on demand")
  func weights() throws {
    let program = try program([
      "v": [StoredTensor("fc.weight", [2, 2], floats: [0.5, 0, -1, .nan])],
      "w": [
        StoredTensor("fc.weight", [2, 2], floats: [3, 1, 0, 0]),
        StoredTensor("fc.bias", [2], floats: [0, 1]),
      ],
    ])
    defer { program.remove() }
    #expect(
      try program.run("inspect", "v", "w").errors.contains(
        "'fc.weight' has 0.5 at [0, 0], and a mask has only 0 and 1; with --nonzero"))
    #expect(
      try program.run("inspect", "v", "w", "--nonzero").errors.contains(
        "'fc.weight' has nan at [1, 1], and it is neither kept nor pruned; with --nan-is-pruned"))
    let found = try program.run("inspect", "v", "w", "--nonzero", "--nan-is-pruned")
    // A bias is no weight that pruning removes.
    #expect(found.output.hasPrefix("2 masks of 1 tensor with 4 weights"), "\(found.errors)")
    #expect(found.output.contains(/v\s+w\s+2\s+2\s+1\s+1.0/), "\(found.output)")
    #expect(
      found.output.contains(
        "v and w differ in 2 weights, the first of them fc.weight[0, 1], which w keeps alone."))
  }

  @Test("what cannot be compared ends with a sentence")
  func faults() throws {
    let program = try program([
      "a": [Self.mask("x", [2, 2], [0])], "b": [Self.mask("x", [4], [0])],
      "c": [Self.mask("y", [4], [0])], "d": [],
      "e": [StoredTensor("x", [2, 2], bytes: [0, 1, 2, 0])],
    ])
    defer { program.remove() }
    for (arguments, sentence) in [
      (["a", "b"], "b: tensor 'x' has shape [4], and [2, 2] in a"),
      (["a", "c"], "c: there is no tensor that all files have"),
      (["a", "d"], "d: it has no tensor that a mask could be of"),
      (["a", "e"], "e: tensor 'x' has 2.0 at [1, 0], and a mask has only 0 and 1"),
      (["a", "none"], "none: "), (["a", "--nonzero"], "--nonzero: give two files or more"),
      (["a", "a", "--against", "b"], "--against: give one network"),
      (["a", "a", "--nan-is-pruned"], "--nan-is-pruned: masks hold no NaN"),
      (["a", "a", "--network", "lenet-3"], "--network: give one file"),
    ] {
      let process = try program.start(["inspect"] + arguments)
      process.waitUntilExit()
      let errors = try program.read("run.err")
      #expect(
        process.terminationStatus != 0 && errors.contains(sentence), "\(arguments): \(errors)")
    }
  }

  @Test("masks of more than a word of weights, of bools and of floats, are packed alike")
  func packing() throws {
    let places = (0..<1000).filter { $0 % 7 == 0 || $0 % 11 == 3 }
    let floats = (0..<1000).map { places.contains($0) ? Float(1) : 0 }
    let program = try program([
      "bytes": [Self.mask("w", [10, 100], places)],
      "floats": [StoredTensor("w", [10, 100], floats: floats)],
      "bools": [
        StoredTensor("w", [10, 100], bytes: floats.map { $0 == 1 ? 1 : 0 }, type: "BOOL")
      ],
    ])
    defer { program.remove() }
    let found = try program.run("inspect", "bytes", "floats", "bools")
    #expect(found.output.components(separatedBy: " are equal.").count == 4, "\(found.output)")
    #expect(found.output.contains(/bytes\s+floats\s+221\s+221\s+221/), "\(places.count)")
  }

  @Test("a network whose architecture is named has a cost, whole and by what is not zero")
  func cost() throws {
    let program = try program([
      "w": [
        StoredTensor("conv.weight", [2, 3], floats: [1, 0, 0, 0, 0, 0]),
        StoredTensor("fc_layers.0.weight", [2, 6], floats: [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        StoredTensor("fc_layers.0.bias", [2], floats: [0, 0]),
        StoredTensor("fc.weight", [5, 2], floats: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]),
        StoredTensor("fc.bias", [5], floats: [0, 0, 0, 0, 0]),
      ]
    ])
    defer { program.remove() }
    let found = try program.run("inspect", "w", "--network", "lenet-2", "--input", "1x2x3")
    // 12 + 10 weights and 7 biases; CSR 8 · 5 + 4 · (3 + 6) + 28, a bit mask 2 + 2 + 20 + 28 bytes.
    #expect(
      found.output.hasPrefix(
        "12 of 29 parameters, 5 of 22 multiply–adds for one example (4.4 times fewer at most); float32 116 B, CSR 104 B, "
          + "bit mask 52 B\n"), "\(found.output)\(found.errors)")
    #expect(found.output.contains(/fc_layers.0.weight\s+12\s+2\s+16.67 %\s+12\s+2\s+28\s+10\n/))
    let json = try program.run(
      "inspect", "w", "--network", "lenet-2", "--input", "1x2x3", "--json")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(answer["multiplyAdds"] as? Int == 22 && answer["bitMaskBytes"] as? Int == 52)
    #expect(
      try program.run("inspect", "w", "--network", "lenet-2").errors.contains(
        "tensor 'fc_layers.0.weight' has shape [2, 6]; lenet-2 on 1x28x28 has [2, 784]"))
  }
}
