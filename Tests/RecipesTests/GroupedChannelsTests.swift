@testable import Recipes
import Testing

@Suite("Layers of groups and norms over examples")
struct GroupedChannelsTests {
  private let input = ExampleShape(channels: 6, height: 8, width: 8)

  private func architecture(_ layers: [LayerPlan]) throws -> Architecture {
    try NetworkSpecification.custom(
      layers + [.globalAveragePool, .linear(name: "fc", outputs: nil)]
    ).architecture(input: input, classes: 5)
  }

  @Test("shapes, parameters, fans and multiplications, all exact")
  func counts() throws {
    let found = try architecture([
      .convolution(name: "a", outputs: 12, kernel: 3, padding: 1, bias: true, groups: 6),
      .groupNorm(name: "n", groups: 4),
      .convolution(name: "b", outputs: 9, kernel: 1, groups: 3), .layerNorm(name: "m"),
    ])
    let shapes = Dictionary(uniqueKeysWithValues: found.tensors.map { ($0.name, $0.shape) })
    #expect(shapes["a.weight"] == [12, 1, 3, 3] && shapes["a.bias"] == [12])
    #expect(shapes["n.weight"] == [12] && shapes["n.bias"] == [12])
    #expect(shapes["b.weight"] == [9, 4, 1, 1] && shapes["m.weight"] == [9])
    #expect(found.tensors.map(\.name).contains("n.running_mean") == false)
    // 108 + 12 + 24 + 36 + 18 + 45 + 5.
    #expect(NetworkCost(of: found).parameters == 248)
    // Each weight once at each of 64 positions, the linear ones once.
    #expect(found.multiplications == 108 * 64 + 36 * 64 + 45)
    #expect(found.tensors[0].role == .weight(fanIn: 9, fanOut: 108))
    #expect(found.groups == ["a.weight": 6, "b.weight": 3])
    #expect(found.fewestNormalizedPositions == nil)
  }

  @Test("one group has the recipe of none")
  func oneGroup() {
    let stated = LayerPlan.convolution(name: "a", outputs: 4, kernel: 3, groups: 1)
    #expect(stated.options["groups"] == nil)
    #expect(stated.groups == 1 && stated.hasProgram)
    #expect(!LayerPlan.convolution(name: "a", outputs: 4, kernel: 3, groups: 2).hasProgram)
    #expect(!LayerPlan.residual(body: [.gelu], shortcut: []).hasProgram)
  }

  private func message(_ layers: [LayerPlan]) -> String {
    do {
      _ = try architecture(layers)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("groups that do not divide channels are told")
  func misfits() {
    #expect(
      message([.convolution(name: "a", outputs: 8, kernel: 3, groups: 4)])
        == "convolution 'a' (layer 1) gets 6×8×8 and needs a number of channels that its 4 groups"
        + " divide; change it or the layers before it")
    #expect(
      message([.convolution(name: "a", outputs: 8, kernel: 3, groups: 3)])
        == "convolution 'a' (layer 1) gives 8 channels, which its 3 groups do not divide; change"
        + " `outputs` or `groups`")
    #expect(
      message([.groupNorm(name: "n", groups: 4)])
        == "group norm 'n' (layer 1) gets 6×8×8 and needs a number of channels that its 4 groups"
        + " divide; change it or the layers before it")
  }

  private typealias Axis = PermutationSymmetry.Axis

  private func symmetry(_ layers: [LayerPlan]) throws -> (
    PermutationSymmetry, [String: [PermutationSymmetry.Axis]]
  ) {
    let architecture = try architecture(layers)
    let symmetry = PermutationSymmetry(architecture)
    return (
      symmetry,
      Dictionary(uniqueKeysWithValues: zip(architecture.tensors.map(\.name), symmetry.axes))
    )
  }

  @Test(
    "a depthwise convolution's channels move with those they read, blocks of them where there are more"
  )
  func depthwise() throws {
    let (symmetry, axes) = try symmetry([
      .convolution(name: "a", outputs: 10, kernel: 1),
      .convolution(name: "d", outputs: 20, kernel: 3, padding: 1, bias: true, groups: 10),
      .layerNorm(name: "n"), .convolution(name: "b", outputs: 4, kernel: 1),
    ])
    #expect(symmetry.groups.map(\.size) == [10, 4] && symmetry.fixing == [])
    for tensor in ["d.weight", "d.bias", "n.weight", "n.bias"] {
      #expect(axes[tensor] == [Axis(dimension: 0, group: 0, block: 2)])
    }
    #expect(
      axes["b.weight"] == [
        Axis(dimension: 0, group: 1, block: 1), Axis(dimension: 1, group: 0, block: 2),
      ])
  }

  @Test("groups of several channels hold them and those tied to them")
  func fixed() throws {
    let (symmetry, axes) = try symmetry([
      .convolution(name: "a", outputs: 10, kernel: 1), .groupNorm(name: "n", groups: 5), .silu,
      .convolution(name: "b", outputs: 8, kernel: 1),
      .convolution(name: "c", outputs: 8, kernel: 1),
      .convolution(name: "g", outputs: 6, kernel: 1, groups: 2),
    ])
    #expect(symmetry.fixing == ["n", "g"])
    #expect(symmetry.groups.map(\.name) == ["b"])
    #expect(axes["a.weight"] == [] && axes["g.weight"] == [] && axes["n.bias"] == [])
    #expect(
      axes["c.weight"] == [Axis(dimension: 1, group: 0, block: 1)])
  }

  @Test("group norm of one group, or of one channel each, holds nothing")
  func free() throws {
    for groups in [1, 10] {
      let (symmetry, axes) = try symmetry([
        .convolution(name: "a", outputs: 10, kernel: 1), .groupNorm(name: "n", groups: groups),
      ])
      #expect(symmetry.groups.map(\.size) == [10] && symmetry.fixing == [])
      #expect(axes["n.weight"] == [Axis(dimension: 0, group: 0, block: 1)])
    }
  }

  @Test("half of the units of what is neither linear nor homogeneous cannot be dropped")
  func plain() throws {
    for (layer, name) in [
      (LayerPlan.gelu, "gelu"), (.layerNorm(name: "n"), "layer norm 'n'"),
      (.convolution(name: "g", outputs: 6, kernel: 1, groups: 2), "convolution 'g' in groups"),
    ] {
      let error = try #require(
        throws: PlainNetworkError.self
      ) { try architecture([.convolution(name: "a", outputs: 4, kernel: 1), layer]).plainLayers() }
      #expect(error == .foreign(layer: name))
      #expect("\(error)".contains("and \(name) is none of their layers; use lenet"))
    }
  }
}
