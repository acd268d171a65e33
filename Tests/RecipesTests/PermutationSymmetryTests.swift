@testable import Recipes
import Testing

@Suite("PermutationSymmetry")
struct PermutationSymmetryTests {
  private typealias Axis = PermutationSymmetry.Axis

  private func symmetry(
    _ network: NetworkSpecification, _ input: ExampleShape = .init(channels: 3, height: 8, width: 8)
  ) throws -> (PermutationSymmetry, [String: [PermutationSymmetry.Axis]]) {
    let architecture = try network.architecture(input: input, classes: 5)
    let symmetry = PermutationSymmetry(architecture)
    let names = architecture.tensors.map(\.name)
    return (symmetry, Dictionary(uniqueKeysWithValues: zip(names, symmetry.axes)))
  }

  @Test("hidden layers are groups; inputs and logits are not")
  func lenet() throws {
    let (symmetry, axes) = try symmetry(.lenet(hidden: [7, 4]))
    #expect(
      symmetry.groups == [.init(name: "fc_layers.0", size: 7), .init(name: "fc_layers.1", size: 4)])
    #expect(axes["fc_layers.0.weight"] == [Axis(dimension: 0, group: 0, block: 1)])
    #expect(axes["fc_layers.0.bias"] == [Axis(dimension: 0, group: 0, block: 1)])
    #expect(
      axes["fc_layers.1.weight"] == [
        Axis(dimension: 0, group: 1, block: 1), Axis(dimension: 1, group: 0, block: 1),
      ])
    #expect(axes["fc.weight"] == [Axis(dimension: 1, group: 1, block: 1)])
    #expect(axes["fc.bias"] == [])
    #expect(symmetry.identity == [Array(0..<7), Array(0..<4)])
  }

  @Test("a flattened channel moves as a block")
  func flattening() throws {
    let (symmetry, axes) = try symmetry(
      .lenet5, ExampleShape(channels: 1, height: 28, width: 28))
    #expect(symmetry.groups.map(\.size) == [20, 50, 500])
    #expect(
      axes["fc_layers.0.weight"] == [
        Axis(dimension: 0, group: 2, block: 1), Axis(dimension: 1, group: 1, block: 16),
      ])
    let (conv, pooled) = try self.symmetry(.conv(depth: 2))
    #expect(conv.groups.map(\.size) == [64, 64, 256, 256])
    #expect(pooled["fc_layers.0.weight"]?.last == Axis(dimension: 1, group: 1, block: 16))
  }

  @Test("batch norm follows its channels, buffers too, and a mean over positions keeps them")
  func vgg() throws {
    let (symmetry, axes) = try symmetry(
      .vgg(depth: 11), ExampleShape(channels: 3, height: 32, width: 32))
    #expect(symmetry.groups.count == 8)
    for tensor in ["weight", "bias", "running_mean", "running_var"] {
      #expect(axes["layers.2.bn.\(tensor)"] == [Axis(dimension: 0, group: 1, block: 1)])
    }
    #expect(axes["fc.weight"] == [Axis(dimension: 1, group: 7, block: 1)])
  }

  @Test("a residual stage is one group, its blocks' inner channels are their own")
  func resnet() throws {
    let (symmetry, axes) = try symmetry(.resnet(depth: 14, width: 4))
    // Two blocks a stage: the stem's stage, two more by projection, and six inner layers.
    #expect(symmetry.groups.count == 3 + 6)
    func group(_ name: String, _ dimension: Int = 0) -> Int? {
      axes[name]?.first { $0.dimension == dimension }?.group
    }
    #expect(group("conv.weight") == 0)
    #expect(group("blocks.0.conv2.weight") == 0 && group("blocks.1.conv2.weight") == 0)
    #expect(group("blocks.0.bn2.running_var") == 0)
    #expect(group("blocks.2.shortcut.0.weight", 1) == 0)
    #expect(group("blocks.2.conv2.weight") == group("blocks.2.shortcut.0.weight"))
    #expect(group("blocks.3.conv1.weight", 1) == group("blocks.2.conv2.weight"))
    #expect(group("blocks.3.conv2.weight") == group("blocks.2.conv2.weight"))
    #expect(group("blocks.0.conv1.weight") != group("blocks.1.conv1.weight"))
    #expect(group("fc.weight", 1) == group("blocks.5.conv2.weight"))
    #expect(axes["conv.weight"]?.count == 1, "the input's channels stay")
  }

  @Test("pre-activation blocks and bottlenecks")
  func others() throws {
    let (wide, axes) = try symmetry(.wideResnet(depth: 10, factor: 2))
    // The stem's 16 channels, three stages, three inner layers.
    #expect(wide.groups.map(\.size) == [16, 32, 32, 64, 64, 128, 128])
    #expect(axes["bn.weight"]?.first?.group == axes["blocks.2.conv2.weight"]?.first?.group)
    let (deep, _) = try symmetry(.imagenetResnet(depth: 50))
    // Stem, four stages, two inner layers in each of sixteen blocks.
    #expect(deep.groups.count == 1 + 4 + 32)
  }

  @Test("ways added to the input or to logits stay in order; uneven units tie the coarser way")
  func custom() throws {
    let square = ExampleShape(channels: 2, height: 2, width: 2)
    let (fixed, _) = try symmetry(
      .custom([
        .residual(
          body: [
            .convolution(name: "a", outputs: 6, kernel: 3, padding: 1), .relu,
            .convolution(name: "b", outputs: 2, kernel: 3, padding: 1),
          ], shortcut: []), .flatten, .linear(name: "fc", outputs: nil),
      ]), square)
    #expect(fixed.groups == [.init(name: "a", size: 6)])
    let (coarse, axes) = try symmetry(
      .custom([
        .convolution(name: "a", outputs: 3, kernel: 1), .flatten,
        .residual(body: [.linear(name: "b", outputs: 12), .relu], shortcut: []),
        .linear(name: "fc", outputs: nil),
      ]), square)
    #expect(coarse.groups == [.init(name: "a", size: 3)])
    #expect(
      axes["b.weight"] == [
        Axis(dimension: 0, group: 0, block: 4), Axis(dimension: 1, group: 0, block: 4),
      ])
    #expect(axes["b.bias"] == [Axis(dimension: 0, group: 0, block: 4)])
    let (uneven, _) = try symmetry(
      .custom([
        .convolution(name: "a", outputs: 6, kernel: 1), .flatten,
        .residual(
          body: [.linear(name: "b", outputs: 24)],
          shortcut: [.linear(name: "c", outputs: 24)]),
        .linear(name: "fc", outputs: nil),
      ]), square)
    #expect(uneven.groups.map(\.size) == [6, 24])
  }
}
