import Testing

@testable import Recipes

@Suite("Matching of names in state dicts")
struct NameMatchingTests {
  private typealias Tensor = NameMatching.Tensor

  private let lenet = [
    Tensor(name: "fc_layers.0.weight", shape: [300, 784]),
    Tensor(name: "fc_layers.0.bias", shape: [300]),
    Tensor(name: "fc_layers.1.weight", shape: [100, 300]),
    Tensor(name: "fc_layers.1.bias", shape: [100]),
    Tensor(name: "fc.weight", shape: [10, 100]), Tensor(name: "fc.bias", shape: [10]),
  ]

  /// `lenet` with modules called otherwise.
  private func file(_ names: [String: String], mark: String = "", prefix: String = "") -> [Tensor] {
    lenet.map { tensor in
      let dot = tensor.name.lastIndex(of: ".")!
      let module = String(tensor.name[..<dot])
      return Tensor(
        name: prefix + (names[module] ?? module) + tensor.name[dot...] + mark, shape: tensor.shape)
    }
  }

  private func message(
    _ file: [NameMatching.Tensor], _ network: [NameMatching.Tensor]? = nil, _ renames: Rename...
  ) -> String {
    do throws(NameMatchingFault) {
      _ = try NameMatching(file, to: network ?? lenet, renames: renames)
      return ""
    } catch { return "\(error)" }
  }

  @Test("own names need nothing, and what wrappers put before them is left out")
  func prefixes() throws {
    for prefix in ["", "module.", "_orig_mod.", "_orig_mod.module.", "module._orig_mod."] {
      let matching = try NameMatching(file([:], prefix: prefix), to: lenet)
      #expect(matching.shown.isEmpty && matching.names.count == 6)
      #expect(matching.names[prefix + "fc.weight"] == "fc.weight")
    }
  }

  @Test("modules of shapes that no other has are told by them, in any order, and shown")
  func shapes() throws {
    let names = ["fc_layers.0": "fc1", "fc_layers.1": "fc2", "fc": "out"]
    let matching = try NameMatching(file(names).reversed(), to: lenet)
    #expect(matching.names["fc1.bias"] == "fc_layers.0.bias")
    #expect(matching.names["out.weight"] == "fc.weight" && matching.names.count == 6)
    #expect(
      matching.shown == [
        "fc1.bias [300] is fc_layers.0.bias", "fc1.weight [300, 784] is fc_layers.0.weight",
        "fc2.bias [100] is fc_layers.1.bias", "fc2.weight [100, 300] is fc_layers.1.weight",
        "out.bias [10] is fc.bias", "out.weight [10, 100] is fc.weight",
      ])
  }

  @Test("equal shapes are ambiguous, and a rename settles them")
  func ambiguous() throws {
    let network = ["a", "b", "c"].map { Tensor(name: "\($0).weight", shape: [8, 8]) }
    let own = ["x", "y", "z"].map { Tensor(name: "\($0).weight", shape: [8, 8]) }
    #expect(
      message(own, network)
        == "the network's 'a', 'b', 'c' (weight [8, 8]) may each be any of 'x', 'y', 'z' by shape; say which, as"
        + " in --rename 'x=a'")
    let settled = try NameMatching(
      own, to: network, renames: ["y=a", "x=b"].map { try #require(Rename($0)) })
    // With two said, the third is told by its shape.
    #expect(
      settled.names == ["y.weight": "a.weight", "x.weight": "b.weight", "z.weight": "c.weight"])
    #expect(settled.shown == ["z.weight [8, 8] is c.weight"])
  }

  @Test("renames are of whole parts of names, and of something that is there")
  func renames() {
    let rename = Rename("fc=out")
    #expect(rename?.applied(to: "fc.weight") == "out.weight")
    #expect(rename?.applied(to: "fc") == "out")
    #expect(rename?.applied(to: "fc1.weight") == nil)
    for text in ["", "fc", "fc=", "=fc", "a=b=c", "a =b"] {
      #expect(Rename(text) == nil, "\(text)")
    }
    #expect(
      message([Tensor(name: "a.weight", shape: [1])], nil, Rename(file: "b", network: "fc"))
        == "--rename b=fc: there is no 'b'; the file has 'a.weight'")
    #expect(
      message(lenet + [Tensor(name: "module.fc.bias", shape: [10])])
        == "'fc.bias', 'module.fc.bias' are both fc.bias of the network; leave one out, or say which is what by"
        + " --rename")
  }

  @Test("what matches nothing is left to whoever reads the file")
  func unmatched() throws {
    let matching = try NameMatching([Tensor(name: "a.weight", shape: [3])], to: lenet)
    #expect(matching.names.isEmpty && matching.shown.isEmpty)
  }

  @Test(
    "masks under NAME, NAME_mask, NAME.mask and NAME.weight_mask; beside weights marks tell them")
  func masks() throws {
    let prunable = lenet.filter { $0.name.hasSuffix("weight") }
    func names(_ file: [NameMatching.Tensor]) throws -> [String: String] {
      try NameMatching(file, to: prunable, as: .masks).names
    }
    for end in [".weight", ".weight_mask", ".weight.mask", ".mask", "_mask"] {
      let file = ["fc_layers.0", "fc_layers.1", "fc"].enumerated().map {
        Tensor(name: $1 + end, shape: prunable[$0].shape)
      }
      #expect(try names(file)["fc" + end] == "fc.weight", "\(end)")
      #expect(try names(file).count == 3, "\(end)")
    }
    // PyTorch's pruning keeps weights and masks in one state dict.
    let pruned = prunable.flatMap {
      [
        Tensor(name: $0.name + "_orig", shape: $0.shape),
        Tensor(name: $0.name + "_mask", shape: $0.shape),
      ]
    }
    #expect(try names(pruned).keys.allSatisfy { $0.hasSuffix("_mask") })
    #expect(try names(pruned).count == 3)
  }
}
