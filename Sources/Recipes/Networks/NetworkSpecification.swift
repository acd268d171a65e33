/// Which architecture a network has; with an input shape and a number of classes it fixes every tensor.
package enum NetworkSpecification: Hashable, Sendable {
  /// Fully connected with ReLU: `lenet-300-100` has hidden layers of 300 and 100 units
  /// (LeCun et al., Proceedings of the IEEE 1998; Frankle & Carbin, ICLR 2019).
  case lenet(hidden: [Int])
  /// `lenet-5`: two convolutions and two fully connected layers, 20-50-500, as in SNIP
  /// (LeCun et al., Proceedings of the IEEE 1998; Lee et al., ICLR 2019).
  case lenet5
  /// `conv-2`, `conv-4`, `conv-6`: VGG's first blocks with two hidden layers of 256
  /// (Frankle & Carbin, ICLR 2019, figure 2).
  case conv(depth: Int)
  /// `resnet-20` (16 channels at first) or `resnet-20-64`: CIFAR's residual networks of depth 6n + 2
  /// (He et al., CVPR 2016, section 4.2), shortcuts by 1×1 convolution, as OpenLTH builds them.
  case resnet(depth: Int, width: Int)
  /// `wrn-16-8`: wide residual networks of depth 6n + 4, pre-activation
  /// (Zagoruyko & Komodakis, BMVC 2016).
  case wideResnet(depth: Int, factor: Int)
  /// `vgg-11`, `13`, `16`, `19`: with batch norm and one linear layer after the mean over positions,
  /// for CIFAR (Simonyan & Zisserman, ICLR 2015; as OpenLTH and the SynFlow authors build them).
  case vgg(depth: Int)
  /// `vgg19-imagenet` and the like: without batch norm, with three linear layers; dropout, which acts
  /// in training alone, is left out (Simonyan & Zisserman, ICLR 2015, table 1).
  case imagenetVGG(depth: Int)
  /// `resnet-18`, `resnet-50`: ImageNet's residual networks (He et al., CVPR 2016, table 1), with
  /// strides on the 3×3 convolutions. Inputs of up to 64×64 get a 3×3 convolution and no pool at first.
  case imagenetResnet(depth: Int)
  /// Layers as a suite lists them.
  case custom([LayerPlan])
  /// A user's program, which keeps its layers to itself.
  case program(EngineSpecification)

  /// The layers from input to logits; `input` decides the first ones of ImageNet's residual networks.
  package func plan(input: ExampleShape) -> [LayerPlan] {
    switch self {
    case .lenet(let hidden): .lenet(hidden: hidden)
    case .lenet5: .lenet5
    case .conv(let depth): .conv(depth: depth)
    case .resnet(let depth, let width): .resnet(depth: depth, width: width)
    case .wideResnet(let depth, let factor): .wideResnet(depth: depth, factor: factor)
    case .vgg(let depth): .vgg(depth: depth)
    case .imagenetVGG(let depth): .imagenetVGG(depth: depth)
    case .imagenetResnet(let depth): .imagenetResnet(depth: depth, input: input)
    case .custom(let layers): layers
    case .program: []
    }
  }

  /// The program that has the network; `nil` where the toolkit has it.
  package var program: EngineSpecification? {
    if case .program(let program) = self { program } else { nil }
  }

  /// The architecture on inputs of one shape.
  ///
  /// - Throws: the first layer that does not fit, with the shapes.
  package func architecture(input: ExampleShape, classes: Int) throws(ArchitectureError)
    -> Architecture
  {
    if let program { return Architecture(of: program.description) }
    return try Architecture(plan(input: input), input: input, classes: classes)
  }

  /// The tensors in state-dict order; traps where the architecture does not fit, which suites and tools
  /// check by ``architecture(input:classes:)`` first.
  package func tensors(input: ExampleShape, classes: Int) -> [TensorSpecification] {
    fitting(input: input, classes: classes).tensors
  }

  /// The architecture of a problem that was checked; traps where it does not fit.
  package func fitting(input: ExampleShape, classes: Int) -> Architecture {
    do {
      return try architecture(input: input, classes: classes)
    } catch {
      preconditionFailure("\(self) on \(Architecture.Flow.images(input)): \(error)")
    }
  }

  /// Name of the weight whose rows are the classes.
  package var outputWeight: String? {
    plan(input: ExampleShape(channels: 3, height: 32, width: 32)).reversed().lazy.compactMap {
      $0.kind == .linear ? $0.name.map { "\($0).weight" } : nil
    }.first
  }
}

extension NetworkSpecification: LosslessStringConvertible {
  /// Reads a name such as `lenet-300-100` or `resnet-20`; `nil` for anything else.
  package init?(_ name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let numbers = parts.dropFirst().compactMap { Int($0) }
    if let depth = [
      "vgg11-imagenet": 11, "vgg13-imagenet": 13, "vgg16-imagenet": 16,
      "vgg19-imagenet": 19,
    ][name] {
      self = .imagenetVGG(depth: depth)
      return
    }
    // `Int` also reads "+300" and "0300": one network has one name.
    if parts.count == 3, parts[0] == "vgg", parts[2] == "bn" {
      // What SynFlow's authors call vgg16-bn.
      self.init("vgg-\(parts[1])")
      return
    }
    guard let family = parts.first, numbers.map(String.init) == Array(parts.dropFirst()),
      numbers.allSatisfy({ (1...1_000_000).contains($0) })
    else { return nil }
    switch (family, numbers.count) {
    case ("lenet", 1) where numbers == [5]: self = .lenet5
    case ("lenet", _) where parts.count >= 2: self = .lenet(hidden: numbers)
    case ("conv", 1) where [2, 4, 6].contains(numbers[0]): self = .conv(depth: numbers[0])
    case ("vgg", 1) where [11, 13, 16, 19].contains(numbers[0]): self = .vgg(depth: numbers[0])
    case ("resnet", 1) where [18, 50].contains(numbers[0]):
      self = .imagenetResnet(depth: numbers[0])
    case ("resnet", 1...2) where numbers[0] >= 8 && numbers[0] % 6 == 2:
      // A width of 16 has the shorter name, but for depth 50, whose short name is ImageNet's.
      guard numbers.count == 1 || numbers[1] != 16 || numbers[0] == 50 else { return nil }
      self = .resnet(depth: numbers[0], width: numbers.count == 2 ? numbers[1] : 16)
    case ("wrn", 2) where numbers[0] >= 10 && numbers[0] % 6 == 4:
      self = .wideResnet(depth: numbers[0], factor: numbers[1])
    default: return nil
    }
  }

  /// The name that ``init(_:)`` reads; custom networks have none that can be read back.
  package var description: String {
    switch self {
    case .lenet(let hidden): (["lenet"] + hidden.map(String.init)).joined(separator: "-")
    case .lenet5: "lenet-5"
    case .conv(let depth): "conv-\(depth)"
    case .resnet(let depth, let width):
      width == 16 && depth != 50 ? "resnet-\(depth)" : "resnet-\(depth)-\(width)"
    case .wideResnet(let depth, let factor): "wrn-\(depth)-\(factor)"
    case .vgg(let depth): "vgg-\(depth)"
    case .imagenetVGG(let depth): "vgg\(depth)-imagenet"
    case .imagenetResnet(let depth): "resnet-\(depth)"
    case .custom(let layers): "a network of \(layers.count) listed layers"
    case .program(let program): "the network of `\(program.words)`"
    }
  }

  /// How names are written, for messages.
  package static let forms =
    "lenet-300-100, lenet-5, conv-2|4|6, resnet-20, resnet-20-64, wrn-16-8, vgg-11|13|16|19, "
    + "vgg19-imagenet, resnet-18, resnet-50"
}

extension NetworkSpecification: Codable {
  private struct Listing: Codable { let layers: [LayerPlan] }
  private struct Engine: Codable { let program: EngineSpecification }

  /// Decodes the name, the layers, or the program.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let listing = try? container.decode(Listing.self) {
      self = .custom(listing.layers)
      return
    }
    if let engine = try? container.decode(Engine.self) {
      self = .program(engine.program)
      return
    }
    let text = try container.decode(String.self)
    guard let network = NetworkSpecification(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no network: \(text)"))
    }
    self = network
  }

  /// Encodes the name, the layers, or the program.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .custom(let layers): try container.encode(Listing(layers: layers))
    case .program(let program): try container.encode(Engine(program: program))
    default: try container.encode(description)
    }
  }
}
