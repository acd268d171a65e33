import Foundation
import Recipes
import Tensors

/// What one process of the benchmark measures of convolutional networks.
enum BenchmarkConvolution {
  private static let batch = 128

  /// Seconds per training step of ResNet-20 on 128 images of 3×32×32: gathering of the data, loss and
  /// gradients, masked momentum SGD.
  static func trainingStep(in type: ElementType = .float32, steps: Int = 10) throws -> Double {
    let network = BenchmarkNetwork.resnet20
    let imageBytes = 3 * 32 * 32
    let images = (0..<1024 * imageBytes).map {
      UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13)
    }
    let labels = try Tensor((0..<batch).map { Int64($0 % 10) }, shape: [batch])
    let inputs = try Tensor.imageBatch(
      shape: [batch, 3, 32, 32], type: type, channelsLast: true)
    let tensors = try network.tensors()
    let subject = try ProgramGradients(
      network.program, shapes: network.shapes, isParameter: network.isParameter)
    let velocities = try network.shapes.map { try Tensor(repeating: 0, shape: $0) }
    let masks = try zip(network.shapes, network.prunable).map { shape, prunes in
      prunes ? try Tensor([UInt8](repeating: 1, count: shape.reduce(1, *)), shape: shape) : nil
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

  /// Seconds of one SynFlow scoring of VGG-16's first convolutions, and the weights scored.
  static func synapticFlow(convolutions: Int, repeats: Int = 3) throws -> (Double, Int) {
    let network = BenchmarkNetwork.vgg16(convolutions: convolutions)
    let magnitudes = try network.tensors().map { try $0.absolute() }
    let flow = try ProgramFlow(
      network.program, shapes: network.shapes, isScored: network.prunable)
    let times = try (0..<repeats).map { _ in
      try ContinuousClock().measure {
        try flow.compute(magnitudes, channels: 3, height: 32, width: 32)
      } / .seconds(1)
    }
    return (times.min()!, flow.scores.reduce(0) { $0 + ($1?.count ?? 0) })
  }

  /// 10⁹ floating-point operations of a ResNet-20 step: forward and, twice as much, backward, less the
  /// first layer's input gradient.
  static var stepOperations: Double {
    (6 * BenchmarkNetwork.resnet20.products - 2 * 3 * 16 * 9 * 32 * 32) * Double(batch) / 1e9
  }
}
