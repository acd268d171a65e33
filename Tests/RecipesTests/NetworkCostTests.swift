import Recipes
import Testing

@Suite struct NetworkCostTests {
  private static let cifar = ExampleShape(channels: 3, height: 32, width: 32)
  private static let mnist = ExampleShape(channels: 1, height: 28, width: 28)

  private static func architecture(_ name: String, _ input: ExampleShape) throws -> Architecture {
    try #require(NetworkSpecification(name)).architecture(input: input, classes: 10)
  }

  private struct Published: CustomTestStringConvertible {
    let name: String
    let input: ExampleShape
    /// Multiply–adds of convolutions, and of linear layers.
    let convolutions, linear: Int
    let parameters: Int
    var testDescription: String { name }
  }

  /// Recounts of the published 40.81 M (OpenLTH's ResNet-20, 0.27 M parameters), 125.49 M (ResNet-56, 0.85 M) and 313.73 M
  /// (VGG-16, 14.98 M) multiply–adds; where ours are other architectures, what they differ by.
  private static let published = [
    Published(
      name: "resnet-20", input: cifar, convolutions: 40_812_544, linear: 640, parameters: 272_474),
    // Published with shortcuts that have no weights: ours have two convolutions of 1×1 with 131,072 multiply–adds each.
    Published(
      name: "resnet-56", input: cifar, convolutions: 125_485_056 + 262_144, linear: 640,
      parameters: 853_018 + 2752),
    // Published with a linear layer of 512 × 512 and its batch norm more.
    Published(
      name: "vgg-16", input: cifar, convolutions: 313_196_544, linear: 267_264 - 512 * 512,
      parameters: 14_991_946 - 512 * 512 - 512 - 1024),
    // Network slimming's 20.04 M parameters and 7.97 · 10⁸ operations, two for each of these but for 0.1 % (Liu et al. 2017,
    // table 1).
    Published(
      name: "vgg-19", input: cifar, convolutions: 398_131_200, linear: 5120,
      parameters: 20_040_522),
    Published(
      name: "lenet-300-100", input: mnist, convolutions: 0, linear: 266_200, parameters: 266_610),
  ]

  @Test("multiply–adds and parameters are the published ones", arguments: published)
  private func recount(_ published: Published) throws {
    let cost = NetworkCost(of: try Self.architecture(published.name, published.input))
    #expect(cost.multiplications == published.convolutions + published.linear)
    let linear = cost.layers.filter { $0.positions == 1 }
    #expect(linear.reduce(0) { $0 + $1.multiplications } == published.linear)
    #expect(cost.parameters == published.parameters)
    #expect(cost.speedUp == 1 && cost.compression == 1 && cost.keptMultiplications > 0)
    #expect(cost.smallest == .dense && cost.bytes(.dense) == 4 * published.parameters)
  }

  @Test("what is never pruned is counted with the weights that it follows")
  func unprunable() throws {
    // A convolution without bias and its batch norm; one with a bias; 1×1 beside a residual connection.
    let residual = NetworkCost(of: try Self.architecture("resnet-8-4", Self.cifar))
    #expect(residual.layers[0].name == "conv.weight" && residual.layers[0].unprunable == 8)
    #expect(residual.layers.last?.unprunable == 10)
    let plain = NetworkCost(of: try Self.architecture("vgg-11", Self.cifar))
    #expect(plain.layers[0].unprunable == 3 * 64)
    // Pre-activation: batch norm stands before the convolutions that it feeds.
    let wide = try Self.architecture("wrn-16-8", Self.cifar)
    #expect(NetworkCost(of: wide).parameters == 10_961_370)
    // What comes before the first weights: three channels' factors and summands, then four biases.
    let first = try Architecture(
      [
        .batchNorm(name: "bn"), .convolution(name: "conv", outputs: 4, kernel: 3, bias: true),
        .globalAveragePool, .linear(name: "fc", outputs: nil),
      ], input: Self.cifar, classes: 10)
    #expect(NetworkCost(of: first).layers.map(\.unprunable) == [6 + 4, 10])
  }

  @Test("kept weights cost what their positions say")
  func sparse() throws {
    let architecture = try Self.architecture("conv-2", Self.cifar)
    let kept = ["layers.0.weight": 100, "layers.1.weight": 1000, "fc.weight": 10]
    let cost = NetworkCost(of: architecture, kept: kept, effective: ["layers.0.weight": 60])
    #expect(cost.layers.map(\.positions) == [1024, 1024, 1, 1, 1])
    let whole = 16_384 * 256 + 256 * 256
    #expect(cost.kept == 1110 + whole)
    #expect(cost.keptMultiplications == 1100 * 1024 + 10 + whole)
    #expect(cost.layers[0].effectiveMultiplications == 60 * 1024)
    #expect(cost.effectiveMultiplications == nil, "other layers do not say")
    #expect(cost.unprunable == 64 + 64 + 256 + 256 + 10)
    #expect(cost.keptParameters == cost.kept + 650)
    let dense = 1024 * (64 * 27 + 64 * 576) + whole + 2560
    #expect(cost.multiplications == dense)
    #expect(cost.speedUp == Double(dense) / Double(1100 * 1024 + 10 + whole))
  }

  /// SciPy 1.17.1: `data.nbytes + indices.nbytes + indptr.nbytes` of a `csr_matrix` of float32 with that many
  /// numbers in random places; NumPy 2.4.6: `packbits(m != 0).nbytes` and four bytes for each.
  @Test(
    "bytes are those that SciPy and NumPy take",
    arguments: [
      (300, 784, 23_520, 189_364, 940_800, 123_480), (10, 100, 500, 4044, 4000, 2125),
      (32, 144, 92, 868, 18_432, 944),
    ])
  func bytes(rows: Int, columns: Int, kept: Int, sparse: Int, dense: Int, mask: Int) {
    let layer = LayerCost(
      name: "w", size: rows * columns, rows: rows, positions: 1, unprunable: 7, kept: kept,
      effective: nil)
    #expect(layer.bytes(.sparseRows) == sparse)
    #expect(layer.bytes(.dense) == dense)
    #expect(layer.bytes(.bitMask) == mask)
    let network = NetworkCost(layers: [layer, layer])
    #expect(network.bytes(.sparseRows) == 2 * sparse + 2 * 28)
    #expect(network.smallest == (kept == 92 ? .sparseRows : .bitMask))
  }

  @Test("a network of which nothing is kept has no speed-up, and takes the bytes of its form alone")
  func nothing() {
    let layer = LayerCost(
      name: "w", size: 250, rows: 10, positions: 9, unprunable: 0, kept: 0, effective: 0)
    let cost = NetworkCost(layers: [layer])
    #expect(cost.speedUp == nil && cost.effectiveMultiplications == 0)
    #expect(cost.compression == nil)
    #expect(cost.bytes(.bitMask) == 32 && cost.bytes(.sparseRows) == 44)
  }
}
