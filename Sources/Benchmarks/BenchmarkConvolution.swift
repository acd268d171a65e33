import Networks
import Programs
import Pruning
import Randomness
import Recipes
import Tensors

/// What one process of the benchmark measures of convolutional networks.
enum BenchmarkConvolution {
  private static let batch = 128
  private static let input = ExampleShape(channels: 3, height: 32, width: 32)

  /// Seconds per training step of ResNet-20 on 128 images of 3×32×32: gathering of the data, loss and
  /// gradients, masked momentum SGD.
  static func trainingStep(in type: ElementType = .float32, steps: Int = 10) throws -> Double {
    let network = Network(.resnet20, input: input, classes: 10)
    let imageBytes = 3 * 32 * 32
    let images = (0..<1024 * imageBytes).map {
      UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13)
    }
    let labels = try Tensor((0..<batch).map { Int64($0 % 10) }, shape: [batch])
    let inputs = try Tensor.imageBatch(
      shape: [batch, 3, 32, 32], type: type, channelsLast: true)
    let tensors = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 1) / "initialization"
    ).channelsLast().tensors
    let shapes = network.tensors.map(\.shape)
    let subject = try ProgramGradients(
      network.program, shapes: shapes, isParameter: network.tensors.map(\.isParameter))
    let velocities = try shapes.map { try Tensor(repeating: 0, shape: $0).channelsLast() }
    let masks = try shapes.map { shape in
      shape.count > 1
        ? try Tensor([UInt8](repeating: 1, count: shape.reduce(1, *)), shape: shape).channelsLast()
        : nil
    }
    func step(_ number: Int) throws {
      let first = number * batch % 1024
      let indices = (0..<batch).map { Int32((first + 7 * $0) % 1024) }
      try images.withUnsafeBufferPointer {
        try inputs.gather(
          images: $0, imageBytes: imageBytes, indices: indices[...],
          scale: [1 / 64, 1 / 64, 1 / 64], shift: [-2, -2, -2])
      }
      _ = try subject.compute(tensors, inputs: inputs, labels: labels)
      for (index, gradient) in subject.gradients.enumerated() {
        guard let gradient else { continue }
        try tensors[index].stepSGD(
          gradient: gradient, velocity: velocities[index], mask: masks[index],
          learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 1e-4)
      }
    }
    for number in 0..<2 { try step(number) }
    let elapsed = try ContinuousClock().measure {
      for number in 0..<steps { try step(number) }
    }
    return elapsed / .seconds(1) / Double(steps)
  }

  /// Seconds, weights and iterations of SynFlow's whole pruning to one weight in a hundred, selection
  /// included.
  static func synapticFlow(_ name: String, iterations: Int) throws -> [Double] {
    let network = Network(
      NetworkSpecification(name)!, input: input, classes: 10)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 1) / "initialization")
    let seconds = try ContinuousClock().measure {
      let flow = try SynapticFlow(network, weights: weights)
      try flow.start(from: Mask(keepingAllOf: network))
      _ = try IterativePruning(
        schedule: .exponential(iterations: iterations),
        density: Density(reducing: 1, over: 100)!, scope: .global, excluded: []
      ).run(flow, keeping: .highest)
      _ = try flow.mask
    }
    let size = network.prunable.reduce(0) { $0 + $1.count }
    return [seconds / .seconds(1), Double(size), Double(iterations)]
  }

  /// 10⁹ floating-point operations of a ResNet-20 step: forward and, twice as much, backward, less the
  /// first layer's input gradient.
  static var stepOperations: Double {
    NetworkSpecification.resnet20.fitting(input: input, classes: 10).trainingOperations
      * Double(batch) / 1e9
  }
}

extension NetworkSpecification {
  /// The ResNet-20 of the benchmark.
  fileprivate static let resnet20 = NetworkSpecification("resnet-20")!
}
