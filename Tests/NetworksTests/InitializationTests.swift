import Networks
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct InitializationTests {
  private static let wide = network("lenet-160-90", width: 120, classes: 30)

  /// Mean and variance, and the number of values.
  private func moments(_ values: [Float]) -> (mean: Double, variance: Double, count: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / count
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return (mean, variance, count)
  }

  /// What a distribution promises of a weight: its variance, and the fourth moment over its square.
  private func promise(
    _ distribution: InitializerSpecification.Weights, fanIn: Double, fanOut: Double
  ) -> (variance: Double, kurtosis: Double)? {
    switch distribution {
    case .kaimingNormal: (2 / fanIn, 3)
    case .kaimingUniform: (2 / fanIn, 9.0 / 5)
    case .glorotNormal: (2 / (fanIn + fanOut), 3)
    case .glorotUniform: (2 / (fanIn + fanOut), 9.0 / 5)
    case .signedConstant: (2 / fanIn, 1)
    case .kaimingNormalFanOut: (2 / fanOut, 3)
    case .imagenetVGG: (1e-4, 3)
    case .orthogonal: nil
    }
  }

  @Test(arguments: InitializerSpecification.Weights.allCases)
  func momentsLieWithinFiveStandardErrors(distribution: InitializerSpecification.Weights) throws {
    let weights = try weights(of: Self.wide, distribution)
    for (specification, tensor) in zip(weights.specifications, weights.tensors) {
      guard case .weight(let fanIn, let fanOut) = specification.role,
        let promise = promise(distribution, fanIn: Double(fanIn), fanOut: Double(fanOut))
      else { continue }
      let found = moments(try tensor.elements())
      #expect(abs(found.mean) < 5 * (promise.variance / found.count).squareRoot())
      let error = promise.variance * ((promise.kurtosis - 1) / found.count).squareRoot()
      // Constants have a variance of the mean alone, and rounding to float32.
      let slack = 25 * promise.variance / found.count + 1e-6 * promise.variance
      #expect(abs(found.variance - promise.variance) < 5 * error + slack)
    }
  }

  @Test(arguments: [InitializerSpecification.Weights.kaimingUniform, .glorotUniform])
  func uniformDistributionsReachTheirBoundsAndNoFurther(
    distribution: InitializerSpecification.Weights
  ) throws {
    let weights = try weights(of: Self.wide, distribution)
    for (specification, tensor) in zip(weights.specifications, weights.tensors) {
      guard case .weight(let fanIn, let fanOut) = specification.role else { continue }
      let fan = distribution == .kaimingUniform ? fanIn : fanIn + fanOut
      let bound = (6 / Double(fan)).squareRoot()
      let values = try tensor.elements(of: Float.self).map(Double.init)
      #expect(values.allSatisfy { abs($0) <= bound })
      #expect(values.max()! > 0.99 * bound && values.min()! < -0.99 * bound)
    }
  }

  @Test func orthogonalWeightsAreOrthogonalTimesTheRootOfTwo() throws {
    // Wide, tall and square.
    let network = network("lenet-20-20-35", width: 33, classes: 7)
    let weights = try weights(of: network, .orthogonal)
    for index in network.prunableIndices {
      let w = try weights.tensors[index].converted(to: .float64)
      let product =
        try w.shape[0] <= w.shape[1] ? w.matmul(w.transposed()) : w.transposed().matmul(w)
      let size = product.shape[0]
      for (position, value) in try product.elements(of: Double.self).enumerated() {
        #expect(abs(value - (position % (size + 1) == 0 ? 2 : 0)) < 1e-5)
      }
    }
  }

  @Test func orthogonalWeightsPreferNoSign() throws {
    // Without the signs of R's diagonal, LAPACK's Q has a first entry of one sign.
    let network = network("lenet-3", width: 3)
    let positive = try (0..<200).count { seed in
      try weights(of: network, .orthogonal, seed: UInt64(seed)).elements[0][0] > 0
    }
    #expect(abs(positive - 100) < 36)
  }

  @Test func signedConstantsAreExact() throws {
    let weights = try weights(of: Self.wide, .signedConstant)
    for (specification, values) in zip(weights.specifications, try weights.elements) {
      guard case .weight(let fanIn, _) = specification.role else { continue }
      let constant = Float((2 / Double(fanIn)).squareRoot())
      #expect(values.allSatisfy { abs($0) == constant })
      let positive = Double(values.count { $0 > 0 })
      let count = Double(values.count)
      #expect(abs(positive - count / 2) < 2.5 * count.squareRoot())
    }
  }

  @Test func biasesAreZeroOrUniform() throws {
    let zero = try weights(of: Self.wide, biases: .zero)
    let uniform = try weights(of: Self.wide, biases: .uniform)
    for (index, specification) in Self.wide.tensors.enumerated() {
      guard case .bias(let fanIn) = specification.role else { continue }
      #expect(try zero.elements[index].allSatisfy { $0.bitPattern == 0 })
      let bound = 1 / Float(fanIn).squareRoot()
      let values = try uniform.elements[index]
      #expect(values.allSatisfy { abs($0) <= bound })
      #expect(values.max()! > 0.7 * bound && values.min()! < -0.7 * bound)
    }
    // The weights are drawn from streams of their own, whatever the biases are.
    for index in Self.wide.prunableIndices {
      #expect(try zero.elements[index] == uniform.elements[index])
    }
  }

  @Test(arguments: InitializerSpecification.Weights.allCases)
  func theSamePathGivesTheSameBits(distribution: InitializerSpecification.Weights) throws {
    let network = network("lenet-12-8")
    let first = try weights(of: network, distribution).elements
    #expect(try weights(of: network, distribution).elements == first)
    let other = try weights(of: network, distribution, seed: 2).elements
    for (a, b) in zip(first, other) { #expect(a != b) }
  }

  @Test func tensorsAreDrawnIndependentlyOfOneAnother() throws {
    // The first layer has one shape in both networks, the others differ.
    let (one, two) = (network("lenet-12-8"), network("lenet-12-9-5"))
    #expect(try weights(of: one).elements[0] == weights(of: two).elements[0])
    // Equal shapes in one network are drawn apart.
    let square = network("lenet-6-6")
    let elements = try weights(of: square).elements
    #expect(elements[0] != elements[2] && elements[1] != elements[3])
  }

  @Test func aRecipeNamesTheSameNetwork() throws {
    let network = network("lenet-12-8")
    let recipe = InitializationRecipe(
      initializer: InitializerSpecification(weights: .glorotNormal, biases: .zero),
      stream: StreamPath(seed: 1) / "initialization")
    #expect(
      try Weights(initializing: network, with: recipe).elements
        == weights(of: network, .glorotNormal, biases: .zero).elements)
  }
}
