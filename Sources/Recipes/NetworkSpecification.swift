/// Channels, height and width of one example.
package struct ExampleShape: Hashable, Sendable, Codable {
  /// Number of channels.
  package let channels: Int
  /// Rows.
  package let height: Int
  /// Columns.
  package let width: Int

  /// A shape from its three extents.
  package init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Numbers per example.
  package var count: Int { channels * height * width }
}

/// One tensor of a network: its name (OpenLTH's), shape, and what it is.
package struct TensorSpecification: Hashable, Sendable {
  /// What a tensor does in its layer.
  package enum Role: Hashable, Sendable {
    /// A weight of two or more dimensions; prunable.
    case weight(fanIn: Int, fanOut: Int)
    /// A bias of a layer with `fanIn` inputs.
    case bias(fanIn: Int)
  }

  /// Name in OpenLTH's state dict.
  package let name: String
  /// Extents, `[out, in]` for a fully connected layer.
  package let shape: [Int]
  /// What the tensor does.
  package let role: Role

  /// Number of elements.
  package var count: Int { shape.reduce(1, *) }
  /// Whether pruning may remove elements: every tensor of two or more dimensions.
  package var isPrunable: Bool {
    switch role {
    case .weight: true
    case .bias: false
    }
  }
}

/// Which architecture a network has; with an input shape and a number of classes it fixes every tensor.
package enum NetworkSpecification: Hashable, Sendable {
  /// Fully connected with ReLU: `lenet-300-100` has hidden layers of 300 and 100 units
  /// (LeCun et al., Proceedings of the IEEE 1998; Frankle & Carbin, ICLR 2019).
  case lenet(hidden: [Int])

  /// The tensors in state-dict order.
  ///
  /// - Parameters:
  ///   - input: shape of one example; flattened to `[C·H·W]`.
  ///   - classes: number of outputs.
  package func tensors(input: ExampleShape, classes: Int) -> [TensorSpecification] {
    switch self {
    case .lenet(let hidden):
      let widths = [input.count] + hidden + [classes]
      return zip(widths, widths.dropFirst()).enumerated().flatMap { index, layer in
        let (fanIn, fanOut) = layer
        let name = index < hidden.count ? "fc_layers.\(index)" : "fc"
        return [
          TensorSpecification(
            name: "\(name).weight", shape: [fanOut, fanIn],
            role: .weight(fanIn: fanIn, fanOut: fanOut)),
          TensorSpecification(name: "\(name).bias", shape: [fanOut], role: .bias(fanIn: fanIn)),
        ]
      }
    }
  }

  /// Floating-point operations of one optimizer step per example: `6·W − 2·W₁` for fully connected
  /// networks, the first layer needing no gradient of its input.
  package func trainingOperations(input: ExampleShape, classes: Int) -> Double {
    let weights = tensors(input: input, classes: classes).filter(\.isPrunable).map(\.count)
    return Double(6 * weights.reduce(0, +) - 2 * (weights.first ?? 0))
  }
}

extension NetworkSpecification: LosslessStringConvertible {
  /// Reads a name such as `lenet-300-100`; `nil` for anything else.
  package init?(_ name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.first == "lenet", parts.count >= 2 else { return nil }
    let hidden = parts.dropFirst().compactMap { Int($0) }
    // `Int` also reads "+300" and "0300": one network has one name.
    guard hidden.map(String.init) == parts.dropFirst().map(String.init),
      hidden.allSatisfy({ (1...1_000_000).contains($0) })
    else { return nil }
    self = .lenet(hidden: hidden)
  }

  /// The name that ``init(_:)`` reads.
  package var description: String {
    switch self {
    case .lenet(let hidden): (["lenet"] + hidden.map(String.init)).joined(separator: "-")
    }
  }
}

extension NetworkSpecification: Codable {
  /// Decodes the name.
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let network = NetworkSpecification(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no network: \(text)"))
    }
    self = network
  }

  /// Encodes the name.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
