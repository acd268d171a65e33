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

  /// The extents that are more than a row of numbers has, such as `3×32×32` or `13`.
  package var words: String {
    height * width == 1 ? "\(channels)" : "\(channels)×\(height)×\(width)"
  }
}

/// One tensor of a network: its name, shape, and what it is.
package struct TensorSpecification: Hashable, Sendable {
  /// What a tensor does in its layer.
  package enum Role: Hashable, Sendable {
    /// A weight of two or more dimensions; prunable.
    case weight(fanIn: Int, fanOut: Int)
    /// A bias of a layer with `fanIn` inputs.
    case bias(fanIn: Int)
    /// Batch norm's factor, 1 at first.
    case scale
    /// The factor of a norm over each example, 1 at first.
    case gain
    /// A norm's summand, 0 at first.
    case shift
    /// Batch norm's running mean: a buffer that training moves and no gradient reaches.
    case runningMean
    /// Batch norm's running variance: a buffer too.
    case runningVariance
    /// What an optimizer moves and pruning leaves alone, in a program's network.
    case parameter
    /// What training moves and no gradient reaches, in a program's network.
    case buffer
  }

  /// Name in the state dict.
  package let name: String
  /// Extents: `[out, in]` for a fully connected layer, `[out, in, height, width]` for a convolution.
  package let shape: [Int]
  /// What the tensor does.
  package let role: Role

  /// A tensor's specification.
  package init(name: String, shape: [Int], role: Role) {
    self.name = name
    self.shape = shape
    self.role = role
  }

  /// Number of elements.
  package var count: Int { shape.reduce(1, *) }

  /// Whether pruning may remove elements: every weight of two or more dimensions.
  package var isPrunable: Bool {
    switch role {
    case .weight: true
    case .bias, .scale, .gain, .shift, .runningMean, .runningVariance, .parameter, .buffer: false
    }
  }

  /// Whether an optimizer moves the tensor; buffers are no parameters.
  package var isParameter: Bool {
    switch role {
    case .weight, .bias, .scale, .gain, .shift, .parameter: true
    case .runningMean, .runningVariance, .buffer: false
    }
  }
}
