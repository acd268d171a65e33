package import Recipes
package import Programs

extension Network {
  /// Whether the network computes by ``program``: all but fully connected ones, whose training has a
  /// fused form of its own.
  package var runsAsProgram: Bool { !isFullyConnected }

  /// Whether the layers are linear ones with biases and ReLU between them, however the network was named.
  private var isFullyConnected: Bool {
    guard architecture.layers.first == .flatten else { return false }
    let rest = architecture.layers.dropFirst()
    return rest.count % 2 == 1
      && rest.enumerated().allSatisfy { place, layer in
        switch layer {
        case .linear(_, let bias): place % 2 == 0 && bias != nil
        case .relu: place % 2 == 1
        default: false
        }
      }
  }

  /// The same for training and evaluation in `precision`: in bfloat16 every network does.
  package func runsAsProgram(in precision: Precision) -> Bool {
    runsAsProgram || precision == .bfloat16
  }

  /// The layers as a flat list of operations, tensors by their position in ``tensors``.
  package var program: LayerProgram {
    var program = LayerProgram()
    _ = Self.append(architecture.layers, to: &program, reading: 0)
    return program
  }

  private static func append(
    _ layers: [Layer], to program: inout LayerProgram, reading input: Int
  ) -> Int {
    layers.reduce(input) { value, layer in
      switch layer {
      case .convolution(let weight, let bias, let stride, let padding, let kernel):
        return program.append(
          .convolution(
            weight: weight, bias: bias, .init(kernel: kernel, stride: stride, padding: padding)),
          value)
      case .batchNorm(let scale, let shift, let mean, let variance):
        return program.append(
          .batchNorm(.init(weight: scale, bias: shift, mean: mean, variance: variance)), value)
      case .relu: return program.append(.relu, value)
      case .maxPool(let kernel, let stride, let padding):
        return program.append(
          .maxPool(.init(kernel: kernel, stride: stride, padding: padding)), value)
      case .averagePool(let kernel, let stride):
        return program.append(.averagePool(.init(kernel: kernel, stride: stride)), value)
      case .globalAveragePool: return program.append(.globalAveragePool, value)
      case .flatten: return program.append(.flatten, value)
      case .linear(let weight, let bias):
        return program.append(.linear(weight: weight, bias: bias), value)
      case .residual(let body, let shortcut):
        let sum = append(body, to: &program, reading: value)
        return program.append(.add(append(shortcut, to: &program, reading: value)), sum)
      }
    }
  }
}
