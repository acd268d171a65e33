import Foundation
import Tensors

/// Networks of the benchmark as programs, with the shapes of their tensors.
struct BenchmarkNetwork {
  /// The network.
  private(set) var program = LayerProgram()
  /// Parameters and buffers in state-dict order.
  private(set) var shapes: [[Int]] = []
  /// Which tensors are parameters.
  private(set) var isParameter: [Bool] = []
  /// Multiplications of convolutions and linear layers, forward, per example.
  private(set) var products = 0.0

  private mutating func add(_ shape: [Int], trains: Bool = true) -> Int {
    shapes.append(shape)
    isParameter.append(trains)
    return shapes.count - 1
  }

  /// Convolution and batch norm; returns the value, and its extent on an input of `size`².
  private mutating func convolution(
    _ x: Int, from inputs: Int, to outputs: Int, kernel: Int, stride: Int = 1, size: Int
  ) -> Int {
    let weight = add([outputs, inputs, kernel, kernel])
    products += Double(outputs * inputs * kernel * kernel * (size / stride) * (size / stride))
    let y = program.append(
      .convolution(
        weight: weight, bias: nil, .init(kernel: kernel, stride: stride, padding: kernel / 2)), x)
    let first = add([outputs])
    _ = add([outputs])
    _ = add([outputs], trains: false)
    _ = add([outputs], trains: false)
    return program.append(
      .batchNorm(.init(weight: first, bias: first + 1, mean: first + 2, variance: first + 3)), y)
  }

  private mutating func classifier(_ x: Int, width: Int) {
    let pooled = program.append(.globalAveragePool, x)
    let weight = add([10, width])
    products += Double(10 * width)
    let bias = add([10])
    _ = program.append(.linear(weight: weight, bias: bias), program.append(.flatten, pooled))
  }

  /// ResNet-20 for 3×32×32 (He et al. 2016, sec. 4.2) with convolutions and batch norm as shortcuts.
  static var resnet20: BenchmarkNetwork {
    var network = BenchmarkNetwork()
    var x = network.convolution(0, from: 3, to: 16, kernel: 3, size: 32)
    x = network.program.append(.relu, x)
    var (width, size) = (16, 32)
    for (stage, outputs) in [16, 32, 64].enumerated() {
      for block in 0..<3 {
        let stride = stage > 0 && block == 0 ? 2 : 1
        var y = network.convolution(
          x, from: width, to: outputs, kernel: 3, stride: stride, size: size)
        y = network.program.append(.relu, y)
        y = network.convolution(y, from: outputs, to: outputs, kernel: 3, size: size / stride)
        if stride != 1 {
          x = network.convolution(
            x, from: width, to: outputs, kernel: 1, stride: stride, size: size)
        }
        (width, size) = (outputs, size / stride)
        x = network.program.append(.relu, network.program.append(.add(x), y))
      }
    }
    network.classifier(x, width: width)
    return network
  }

  /// Weights of convolutions and linear layers.
  var prunable: [Bool] { shapes.map { $0.count > 1 } }

  /// Tensors to measure with: small weights of either sign, batch norm at its start.
  func tensors() throws -> [Tensor] {
    try shapes.map { shape in
      guard shape.count > 1 else { return try Tensor(repeating: 1, shape: shape) }
      let fanIn = shape.dropFirst().reduce(1, *)
      let bound = (6 / Float(fanIn)).squareRoot()
      let values = (0..<shape.reduce(1, *)).map { bound * sin(12.9898 * Float($0 % 65_521)) }
      return try Tensor(values, shape: shape)
    }
  }
}
