// Architectures without shortcuts.

extension [LayerPlan] {
  /// Fully connected layers with ReLU between them.
  static func lenet(hidden: [Int]) -> [LayerPlan] {
    [.flatten]
      + hidden.enumerated().flatMap { index, units -> [LayerPlan] in
        [.linear(name: "fc_layers.\(index)", outputs: units), .relu]
      } + [.linear(name: "fc", outputs: nil)]
  }

  /// 20 and 50 channels of 5×5 without padding, then 500 units.
  static var lenet5: [LayerPlan] {
    [
      .convolution(name: "layers.0", outputs: 20, kernel: 5, bias: true), .relu,
      .maxPool(kernel: 2, stride: 2),
      .convolution(name: "layers.1", outputs: 50, kernel: 5, bias: true), .relu,
      .maxPool(kernel: 2, stride: 2), .flatten,
      .linear(name: "fc_layers.0", outputs: 500), .relu, .linear(name: "fc", outputs: nil),
    ]
  }

  /// Pairs of 3×3 convolutions with 64, 128, 256 channels, each pair followed by a pool; 256-256 units.
  static func conv(depth: Int) -> [LayerPlan] {
    (0..<depth).flatMap { index -> [LayerPlan] in
      let convolution = LayerPlan.convolution(
        name: "layers.\(index)", outputs: 64 << (index / 2), kernel: 3, padding: 1, bias: true)
      return [convolution, .relu] + (index % 2 == 1 ? [.maxPool(kernel: 2, stride: 2)] : [])
    } + [
      .flatten, .linear(name: "fc_layers.0", outputs: 256), .relu,
      .linear(name: "fc_layers.1", outputs: 256), .relu, .linear(name: "fc", outputs: nil),
    ]
  }

  /// Convolutions of every stage by depth; a pool follows each stage.
  private static func vggStages(depth: Int) -> [Int] {
    switch depth {
    case 11: [1, 1, 2, 2, 2]
    case 13: [2, 2, 2, 2, 2]
    case 16: [2, 2, 3, 3, 3]
    case 19: [2, 2, 4, 4, 4]
    default: preconditionFailure("no VGG has depth \(depth)")
    }
  }

  private static let vggChannels = [64, 128, 256, 512, 512]

  /// With batch norm; the mean over positions takes the place of the last pool. Pools count in names.
  static func vgg(depth: Int) -> [LayerPlan] {
    var (plan, index): ([LayerPlan], Int) = ([], 0)
    for (stage, count) in vggStages(depth: depth).enumerated() {
      if stage > 0 {
        plan.append(.maxPool(kernel: 2, stride: 2))
        index += 1
      }
      for _ in 0..<count {
        plan += [
          .convolution(
            name: "layers.\(index).conv", outputs: vggChannels[stage], kernel: 3, padding: 1,
            bias: true), .batchNorm(name: "layers.\(index).bn"), .relu,
        ]
        index += 1
      }
    }
    return plan + [.globalAveragePool, .linear(name: "fc", outputs: nil)]
  }

  /// Without batch norm; names are torchvision's, where every ReLU and pool counts.
  static func imagenetVGG(depth: Int) -> [LayerPlan] {
    var (plan, index): ([LayerPlan], Int) = ([], 0)
    for (stage, count) in vggStages(depth: depth).enumerated() {
      for _ in 0..<count {
        plan += [
          .convolution(
            name: "features.\(index)", outputs: vggChannels[stage], kernel: 3, padding: 1,
            bias: true), .relu,
        ]
        index += 2
      }
      plan.append(.maxPool(kernel: 2, stride: 2))
      index += 1
    }
    return plan + [
      .flatten, .linear(name: "classifier.0", outputs: 4096), .relu,
      .linear(name: "classifier.3", outputs: 4096), .relu,
      .linear(name: "classifier.6", outputs: nil),
    ]
  }
}
