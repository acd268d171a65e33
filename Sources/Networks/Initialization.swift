package import Randomness
package import Recipes
import Tensors

extension Weights {
  /// Draws a network at step 0; every tensor from a stream of its own, named after it.
  ///
  /// - Parameters:
  ///   - network: names and shapes.
  ///   - initializer: distributions of weights and biases.
  ///   - path: the stream; `path / name` draws the tensor called `name`.
  package init(
    initializing network: Network, with initializer: InitializerSpecification, path: StreamPath
  ) throws {
    self.init(
      specifications: network.tensors,
      tensors: try network.tensors.map { specification in
        var stream = RandomStream(path / specification.name)
        switch specification.role {
        case .weight(let fanIn, let fanOut):
          return try initializer.weights.draw(
            specification.shape, fanIn: fanIn, fanOut: fanOut, stream: &stream)
        case .bias(let fanIn):
          return try initializer.biases.draw(specification.shape, fanIn: fanIn, stream: &stream)
        case .scale:
          return initializer.scales == .uniform
            ? try filled(specification.shape, .uniform(0..<1), &stream)
            : try Tensor(repeating: 1, shape: specification.shape)
        case .gain: return try Tensor(repeating: 1, shape: specification.shape)
        case .shift, .runningMean: return try Tensor(repeating: 0, shape: specification.shape)
        case .runningVariance: return try Tensor(repeating: 1, shape: specification.shape)
        case .parameter, .buffer:
          preconditionFailure("\(network.specification) draws its weights itself")
        }
      })
  }

  /// Draws the network at step 0 that `recipe` names.
  package init(initializing network: Network, with recipe: InitializationRecipe) throws {
    try self.init(initializing: network, with: recipe.initializer, path: recipe.stream)
  }
}

extension InitializerSpecification.Weights {
  /// A weight of `shape` drawn from this distribution.
  func draw(_ shape: [Int], fanIn: Int, fanOut: Int, stream: inout RandomStream) throws -> Tensor {
    let (fanIn, fanOut) = (Double(fanIn), Double(fanOut))
    switch self {
    case .kaimingNormal:
      return try filled(
        shape, .normal(mean: 0, standardDeviation: (2 / fanIn).squareRoot()), &stream)
    case .kaimingUniform:
      return try filled(shape, symmetric((6 / fanIn).squareRoot()), &stream)
    case .glorotNormal:
      let deviation = (2 / (fanIn + fanOut)).squareRoot()
      return try filled(shape, .normal(mean: 0, standardDeviation: deviation), &stream)
    case .glorotUniform:
      return try filled(shape, symmetric((6 / (fanIn + fanOut)).squareRoot()), &stream)
    case .orthogonal:
      return try orthogonal(shape, stream: &stream)
    case .signedConstant:
      return try filled(shape, .signs, &stream) * (2 / fanIn).squareRoot()
    case .kaimingNormalFanOut:
      return try filled(
        shape, .normal(mean: 0, standardDeviation: (2 / fanOut).squareRoot()), &stream)
    case .imagenetVGG:
      let deviation = shape.count > 2 ? (2 / fanOut).squareRoot() : 0.01
      return try filled(shape, .normal(mean: 0, standardDeviation: deviation), &stream)
    }
  }

  /// A random orthogonal matrix of the flattened shape `[out, in·…]`, times √2.
  ///
  /// The Q of a Gaussian matrix is uniform over orthogonal matrices once the signs of R's diagonal are
  /// moved into it (Mezzadri, Notices of the AMS 2007, section 5).
  private func orthogonal(_ shape: [Int], stream: inout RandomStream) throws -> Tensor {
    let (rows, columns) = (shape[0], shape.dropFirst().reduce(1, *))
    let (tall, wide) = (max(rows, columns), min(rows, columns))
    let gaussian = try filled([tall, wide], .normal(mean: 0, standardDeviation: 1), &stream)
    let (q, r) = try gaussian.qr()
    let triangle = try r.elements(of: Float.self)
    let signs = (0..<wide).map { triangle[$0 * wide + $0] < 0 ? Float(-1) : 1 }
    let uniform = try q * Tensor(signs, shape: [1, wide])
    let oriented = rows >= columns ? uniform : try uniform.transposed()
    return try (oriented * 2.0.squareRoot()).copy().reshaped(shape)
  }
}

extension InitializerSpecification.Biases {
  /// A bias of `shape` drawn from this distribution.
  func draw(_ shape: [Int], fanIn: Int, stream: inout RandomStream) throws -> Tensor {
    switch self {
    case .zero: try Tensor(repeating: 0, shape: shape)
    case .uniform: try filled(shape, symmetric(1 / Double(fanIn).squareRoot()), &stream)
    }
  }
}

private func symmetric(_ bound: Double) -> FillDistribution { .uniform(-bound..<bound) }

private func filled(
  _ shape: [Int], _ distribution: FillDistribution, _ stream: inout RandomStream
) throws -> Tensor {
  // A borrowed `inout` cannot enter the escaping-free closure below on its own.
  var elements = [Float](repeating: 0, count: shape.reduce(1, *))
  elements.withUnsafeMutableBufferPointer { stream.fill($0, with: distribution) }
  return try Tensor(elements, shape: shape)
}
