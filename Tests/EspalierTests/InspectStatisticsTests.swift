import Foundation
import Testing

/// `espalier inspect --statistics`: expected numbers are those of NumPy 2.4.6 and SciPy 1.17.1 for the same eight weights.
@Suite struct InspectStatisticsTests {
  private static let start: [Float] = [0.5, -1, 0.25, 2, -0.125, 1.5, -2.5, 0.75]
  private static let end: [Float] = [1, 0, 0, 2.5, 0.5, 0, -3, 0.25]
  private static let mask: [Float] = [1, 0, 0, 1, 1, 0, 1, 1]

  private static func program(
    weights: [Float] = end, start: [Float] = start, mask: [Float] = mask
  ) throws -> Program {
    try Program(tensors: [
      "w": [("fc.weight", [2, 4], weights), ("fc.bias", [2], [0.5, 0.5])],
      "w0": [("fc.weight", [2, 4], start), ("fc.bias", [2], [0, 0])],
      "m": [("fc.weight", [2, 4], mask)],
    ])
  }

  @Test("one network's weights are described, a tensor a line")
  func alone() throws {
    let program = try Self.program()
    defer { program.remove() }
    let found = try program.run("inspect", "w0", "--statistics")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.output.hasPrefix("10 weights of 2 tensors\n"), "\(found.output)")
    #expect(
      found.output.contains(
        /fc.weight\s+all\s+8\s+0.172\s+1.42\s+−0.639\s+−0.314\s+−2.5\s+−1.9[78]\s+0.375\s+1.8[23]\s+2\s+–\s+–\s+0.167\s+0.221/
      ), "\(found.output)")
    #expect(found.output.contains(/fc.bias\s+all\s+2\s+0\s+0\s+–\s+–\s+0/), "\(found.output)")
    #expect(!found.output.contains("other sign") && !found.output.contains("stable rank"))
  }

  @Test("beside start and mask it tells what moved, and singular values where they are asked for")
  func beside() throws {
    let program = try Self.program()
    defer { program.remove() }
    let found = try program.run(
      "inspect", "w", "--statistics", "--start", "w0", "--against", "m", "--spectra")
    #expect(found.status == 0, "\(found.errors)")
    #expect(
      found.output.hasPrefix(
        "10 weights of 2 tensors, 70 % of them kept; all pruned ones are zero\n"),
      "\(found.output)")
    // ‖w − w₀‖ = √(0.25 + 0.25 + 0.390625 + 0.25 + 0.25); one of five signs turned.
    #expect(
      found.output.contains(/fc.weight\s+1.18\s+35.4 %\s+0.969\s+1\s+5\s+20 %/), "\(found.output)")
    #expect(found.output.contains(/fc.weight\s+pruned\s+3\s+0\s+0\s+–/), "\(found.output)")
    #expect(found.output.contains("without a mask, all kept: fc.bias"))
    // [[1, 0, 0, 2.5], [0.5, 0, −3, 0.25]].
    #expect(
      found.output.contains(/fc.weight\s+3.03\s+1.56\s+4.07\s+3.13\s+1.69/), "\(found.output)")
    let json = try program.run(
      "inspect", "w", "--statistics", "--start", "w0", "--against", "m", "--spectra", "--json")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let statistics = try #require(answer["statistics"] as? [String: Any])
    let layers = try #require(statistics["layers"] as? [[String: Any]])
    let layer = try #require(layers.first { $0["name"] as? String == "fc.weight" })
    let weights = try #require(layer["weights"] as? [String: Any])
    #expect((weights["movement"] as? [String: Any])?["signFlips"] as? Int == 1)
    #expect((weights["kept"] as? [String: Any])?["count"] as? Int == 5)
    #expect(((answer["startSpectra"] as? [String: Any])?["fc.weight"] as? [String: Any]) != nil)
  }

  @Test("pruned weights that came back are counted")
  func lost() throws {
    let program = try Self.program(weights: Self.start)
    defer { program.remove() }
    let found = try program.run("inspect", "w", "--statistics", "--against", "m")
    #expect(
      found.output.hasPrefix(
        "10 weights of 2 tensors, 70 % of them kept; 3 of 3 pruned ones are not zero\n"),
      "\(found.output)")
  }

  @Test("NaN is refused with its place, or pruned where it is said to be")
  func notANumber() throws {
    var weights = Self.end
    weights[5] = .nan
    let program = try Self.program(weights: weights)
    defer { program.remove() }
    let refused = try program.run("inspect", "w", "--statistics")
    #expect(
      refused.status != 0
        && refused.errors.contains(
          "tensor 'fc.weight' has nan at [1, 1]; if NaN stands for a pruned weight, add")
        && refused.errors.contains("--nan-is-pruned"), "\(refused.errors)")
    let found = try program.run("inspect", "w", "--statistics", "--nan-is-pruned")
    #expect(found.output.contains(/fc.weight\s+kept\s+7/), "\(found.output)\(found.errors)")
    #expect(found.output.contains(/fc.weight\s+pruned\s+1\s+0\s+–/), "\(found.output)")
  }

  @Test(
    "what does not belong together ends with a sentence",
    arguments: [
      (
        [("fc.weight", [2, 4], [1, 0, 0, 1, 1, 0, 1, 2])], "m",
        "has 2.0 at [1, 3], and a mask has only 0"
      ),
      ([("fc.weight", [4, 2], mask)], "m", "has shape [2, 4], and [4, 2] in"),
      ([("conv.weight", [1], [1])], "m", "holds no tensor 'conv.weight'"),
      (
        [("fc.weight", [4, 2], start), ("fc.bias", [2], [0, 0])], "w0",
        "has shape [2, 4], and [4, 2] in"
      ),
      ([("fc.weight", [2, 4], start)], "w0", "holds no tensor 'fc.bias'"),
    ] as [([FloatTensor], String, String)])
  func misfits(tensors: [FloatTensor], name: String, sentence: String) throws {
    let program = try Program(tensors: [
      "w": [("fc.weight", [2, 4], Self.end), ("fc.bias", [2], [0.5, 0.5])], name: tensors,
    ])
    defer { program.remove() }
    let found = try program.run(
      "inspect", "w", "--statistics", name == "m" ? "--against" : "--start", name)
    #expect(found.status != 0 && found.errors.contains(sentence), "\(found.errors)")
  }

  @Test("what belongs to statistics says so")
  func alonePointless() throws {
    let program = try Self.program()
    defer { program.remove() }
    let found = try program.run("inspect", "w", "--spectra")
    #expect(
      found.status != 0 && found.errors.contains("--start and --spectra belong to --statistics"))
  }
}
