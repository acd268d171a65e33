import Foundation
import Recipes
import Testing

@Suite("Architectures") struct ArchitectureTests {
  private static let cifar = ExampleShape(channels: 3, height: 32, width: 32)
  private static let imagenet = ExampleShape(channels: 3, height: 224, width: 224)
  private static let mnist = ExampleShape(channels: 1, height: 28, width: 28)

  private struct Published: CustomTestStringConvertible {
    let name: String
    let input: ExampleShape
    let classes: Int
    /// Parameters, biases and batch norm's included.
    let parameters: Int
    var testDescription: String { name }
  }

  /// torchvision's documentation for ImageNet's networks; the papers round the others to these.
  private static let published = [
    Published(name: "vgg19-imagenet", input: imagenet, classes: 1000, parameters: 143_667_240),
    Published(name: "vgg16-imagenet", input: imagenet, classes: 1000, parameters: 138_357_544),
    Published(name: "vgg13-imagenet", input: imagenet, classes: 1000, parameters: 133_047_848),
    Published(name: "vgg11-imagenet", input: imagenet, classes: 1000, parameters: 132_863_336),
    Published(name: "resnet-18", input: imagenet, classes: 1000, parameters: 11_689_512),
    Published(name: "resnet-50", input: imagenet, classes: 1000, parameters: 25_557_032),
    // 0.27 M, 0.85 M and 1.7 M with shortcuts that have no weights (He et al. 2016, table 6); ours
    // have 1×1 convolutions, 2,560 weights and 192 numbers of batch norm more at width 16.
    Published(name: "resnet-20", input: cifar, classes: 10, parameters: 269_722 + 2752),
    Published(name: "resnet-56", input: cifar, classes: 10, parameters: 853_018 + 2752),
    Published(name: "resnet-110", input: cifar, classes: 10, parameters: 1_727_962 + 2752),
    // 36.5 M and 11.0 M (Zagoruyko & Komodakis 2016, table 4).
    Published(name: "wrn-28-10", input: cifar, classes: 10, parameters: 36_479_194),
    Published(name: "wrn-16-8", input: cifar, classes: 10, parameters: 10_961_370),
    // 431 k (Lee et al. 2019, table 1).
    Published(name: "lenet-5", input: mnist, classes: 10, parameters: 431_080),
  ]

  @Test("parameters are the published ones", arguments: published)
  private func parameters(_ published: Published) throws {
    let network = try #require(NetworkSpecification(published.name))
    let tensors = try network.architecture(input: published.input, classes: published.classes)
      .tensors
    #expect(
      tensors.filter(\.isParameter).reduce(0) { $0 + $1.count } == published.parameters)
  }

  /// Weights that SynFlow's authors prune, and those of the lottery-ticket paper's figure 2, in millions.
  @Test(
    "prunable weights",
    arguments: [
      ("vgg-16", 100, 14_761_664), ("vgg-16-bn", 10, 14_715_584), ("vgg-16-bn", 200, 14_812_864),
      ("vgg-11", 10, 9_222_848), ("vgg-13", 10, 9_407_168), ("vgg-19", 10, 20_024_000),
    ])
  func prunable(name: String, classes: Int, count: Int) throws {
    let network = try #require(NetworkSpecification(name))
    let tensors = try network.architecture(input: Self.cifar, classes: classes).tensors
    #expect(tensors.filter(\.isPrunable).reduce(0) { $0 + $1.count } == count)
  }

  /// The layers that figure 2 of the lottery-ticket paper lists, added up; it says 4.3 M, 2.4 M and, of
  /// Conv-6, whose layers have 2.3 M, 1.7 M.
  @Test(
    "conv-2, conv-4, conv-6",
    arguments: [("conv-2", 4_301_642), ("conv-4", 2_425_930), ("conv-6", 2_262_602)])
  func conv(name: String, count: Int) throws {
    let network = try #require(NetworkSpecification(name))
    let tensors = try network.architecture(input: Self.cifar, classes: 10).tensors
    #expect(tensors.reduce(0) { $0 + $1.count } == count)
  }

  /// ImageNet's networks less what 7×7 and 3×3 kernels differ by, and 800 classes less.
  @Test(
    "small inputs",
    arguments: [
      ("resnet-18", 11_689_512 - 7680 - 800 * 513),
      ("resnet-50", 25_557_032 - 7680 - 800 * 2049),
    ])
  func small(name: String, count: Int) throws {
    let tensors = try #require(NetworkSpecification(name))
      .architecture(input: ExampleShape(channels: 3, height: 64, width: 64), classes: 200).tensors
    #expect(tensors.filter(\.isParameter).reduce(0) { $0 + $1.count } == count)
  }

  @Test("names are read and printed")
  func names() throws {
    for published in Self.published {
      #expect(NetworkSpecification(published.name)?.description == published.name)
    }
    for name in ["resnet-8-4", "resnet-50-16", "resnet-50-8", "wrn-10-1", "conv-6", "vgg-13"] {
      #expect(NetworkSpecification(name)?.description == name)
    }
    for name in ["resnet-20-16", "resnet-21", "wrn-28", "conv-3", "vgg-12", "vgg", "resnet-"] {
      #expect(NetworkSpecification(name) == nil)
    }
  }

  @Test("OpenLTH's names of a residual network, buffers in their places")
  func residualNames() throws {
    let architecture = try #require(NetworkSpecification("resnet-8-4"))
      .architecture(input: Self.cifar, classes: 10)
    let names = architecture.tensors.map(\.name)
    #expect(
      Array(names.prefix(6)) == [
        "conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var",
        "blocks.0.conv1.weight",
      ])
    #expect(names.contains("blocks.1.shortcut.0.weight"))
    #expect(!names.contains("blocks.0.shortcut.0.weight"))
    #expect(Array(names.suffix(2)) == ["fc.weight", "fc.bias"])
    let shapes = Dictionary(
      uniqueKeysWithValues: architecture.tensors.map { ($0.name, $0.shape) })
    #expect(shapes["blocks.2.conv2.weight"] == [16, 16, 3, 3])
    #expect(shapes["fc.weight"] == [10, 16])
  }

  @Test("a small input takes ImageNet's residual networks without the first strides")
  func stems() throws {
    let network = NetworkSpecification.imagenetResnet(depth: 18)
    let small = try network.architecture(
      input: ExampleShape(channels: 3, height: 64, width: 64), classes: 200)
    #expect(small.tensors[0].shape == [64, 3, 3, 3])
    let large = try network.architecture(input: Self.imagenet, classes: 1000)
    #expect(large.tensors[0].shape == [64, 3, 7, 7])
    // 1.8·10⁹ multiplications (He et al. 2016, table 1).
    #expect(abs(Double(large.multiplications) / 1e9 - 1.8) < 0.05)
  }

  @Test("a step of ResNet-20 takes 40.8 million multiplications per example, forward")
  func operations() throws {
    let architecture = try NetworkSpecification.resnet(depth: 20, width: 16)
      .architecture(input: Self.cifar, classes: 10)
    let shortcuts = 2 * 16 * 32 * 16 * 16
    #expect(architecture.multiplications - shortcuts == 40_551_040)
    #expect(architecture.firstMultiplications == 432 * 1024)
  }

  @Test("layers that do not fit are named with what they get")
  func misfits() {
    func failure(_ layers: [LayerPlan], _ input: ExampleShape = Self.cifar) -> String? {
      do {
        _ = try Architecture(layers, input: input, classes: 10)
        return nil
      } catch {
        return error.description
      }
    }
    let fc = LayerPlan.linear(name: "fc", outputs: nil)
    #expect(failure([.flatten, fc]) == nil)
    #expect(
      failure([fc])
        == "linear 'fc' (layer 1) gets 3×32×32 and needs a vector (put flatten or a global average"
        + " pool before it); change it or the layers before it")
    #expect(failure([.flatten, .batchNorm(name: "bn"), fc])?.contains("3072 units") == true)
    #expect(
      failure([.convolution(name: "a", outputs: 4, kernel: 33), .flatten, fc])?
        .contains("convolution 'a' (layer 1) gets 3×32×32 and needs at least 33 rows") == true)
    #expect(
      failure([
        .residual(
          body: [.convolution(name: "a", outputs: 4, kernel: 3, padding: 1)], shortcut: []),
        .flatten, fc,
      ])?.contains("4×32×32 from its body to 3×32×32") == true)
    #expect(failure([.flatten, .linear(name: "fc", outputs: 7)])?.contains("7 units") == true)
    #expect(failure([.flatten])?.contains("weights") == true)
    #expect(
      failure([.flatten, .linear(name: "fc", outputs: 4), fc])?.contains("called 'fc'") == true)
    #expect(
      failure([.relu, .maxPool(kernel: 2, stride: 2), .globalAveragePool, .relu, fc]) == nil)
    #expect(failure([.globalAveragePool, .globalAveragePool, fc])?.contains("3 units") == true)
  }

  @Test("networks whose numbers would overflow are refused with the layer")
  func tooLarge() {
    func failure(_ network: NetworkSpecification, _ input: ExampleShape, classes: Int = 10)
      -> String?
    {
      do {
        _ = try network.architecture(input: input, classes: classes)
        return nil
      } catch {
        return error.description
      }
    }
    let lenet = NetworkSpecification.lenet(hidden: [300])
    let huge = ExampleShape(channels: 99999, height: 99999, width: 99999)
    #expect(
      failure(lenet, huge)
        == "the input (99999×99999×99999) makes the network too large: its tensors, and what its"
        + " layers write for one example, may have up to 10 billion numbers each; make layers"
        + " narrower or the input smaller")
    for extent in [Int.max, 1 << 40] {
      let shape = ExampleShape(channels: extent, height: extent, width: extent)
      #expect(failure(lenet, shape)?.hasPrefix("the input (") == true)
      #expect(failure(.vgg(depth: 16), shape)?.hasPrefix("the input (") == true)
    }
    #expect(
      failure(lenet, Self.cifar, classes: .max)?.hasPrefix("linear 'fc' (layer 4) makes") == true)
    let wide = NetworkSpecification.lenet(hidden: [1_000_000, 1_000_000])
    #expect(
      failure(wide, Self.cifar)?.hasPrefix("linear 'fc_layers.1' (layer 4) makes") == true)
    // Each layer fits, and not all of them.
    let deep = NetworkSpecification.lenet(hidden: Array(repeating: 60_000, count: 4))
    #expect(failure(deep, Self.cifar)?.hasPrefix("linear 'fc_layers.3' (layer 8) makes") == true)
    #expect(
      failure(.wideResnet(depth: 16, factor: 1_000_000), Self.cifar)?.contains("too large") == true)
    #expect(
      failure(
        .custom([.convolution(name: "a", outputs: 1, kernel: 1, padding: 1_000_000), .flatten]),
        Self.cifar)?.hasPrefix("convolution 'a' (layer 1) makes the network too large") == true)
    #expect(failure(lenet, Self.cifar) == nil)
    #expect(failure(.imagenetVGG(depth: 19), Self.imagenet, classes: 1000) == nil)
  }

  @Test("custom layers travel through JSON")
  func listing() throws {
    let network = NetworkSpecification.custom([
      .convolution(name: "a", outputs: 4, kernel: 3, padding: 1), .batchNorm(name: "b"), .relu,
      .residual(body: [.convolution(name: "c", outputs: 4, kernel: 1)], shortcut: []),
      .globalAveragePool, .linear(name: "fc", outputs: nil),
    ])
    let data = try CanonicalJSON.encode([network])
    #expect(try JSONDecoder().decode([NetworkSpecification].self, from: data) == [network])
    #expect(network.outputWeight == "fc.weight")
  }
}
