// Architectures with shortcuts.

extension [LayerPlan] {
  /// Three stages of (depth − 2) / 6 blocks; names are OpenLTH's.
  static func resnet(depth: Int, width: Int) -> [LayerPlan] {
    var plan: [LayerPlan] = [
      .convolution(name: "conv", outputs: width, kernel: 3, padding: 1), .batchNorm(name: "bn"),
      .relu,
    ]
    let perStage = (depth - 2) / 6
    var channels = width
    for block in 0..<(3 * perStage) {
      let outputs = width << (block / perStage)
      let stride = block > 0 && block % perStage == 0 ? 2 : 1
      plan += basicBlock(
        "blocks.\(block)", from: channels, to: outputs, stride: stride, shortcut: "shortcut")
      channels = outputs
    }
    return plan + [.globalAveragePool, .linear(name: "fc", outputs: nil)]
  }

  /// Three stages of (depth − 4) / 6 pre-activation blocks with 16, 32, 64 times `factor` channels.
  static func wideResnet(depth: Int, factor: Int) -> [LayerPlan] {
    var plan: [LayerPlan] = [.convolution(name: "conv", outputs: 16, kernel: 3, padding: 1)]
    let perStage = (depth - 4) / 6
    var channels = 16
    for block in 0..<(3 * perStage) {
      let outputs = (16 << (block / perStage)) * factor
      let stride = block > 0 && block % perStage == 0 ? 2 : 1
      let name = "blocks.\(block)"
      let activation: [LayerPlan] = [.batchNorm(name: "\(name).bn1"), .relu]
      let body: [LayerPlan] = [
        .convolution(
          name: "\(name).conv1", outputs: outputs, kernel: 3, stride: stride, padding: 1),
        .batchNorm(name: "\(name).bn2"), .relu,
        .convolution(name: "\(name).conv2", outputs: outputs, kernel: 3, padding: 1),
      ]
      if channels == outputs && stride == 1 {
        plan.append(.residual(body: activation + body, shortcut: []))
      } else {
        // Where the shape changes, the shortcut starts after the activation.
        let shortcut = LayerPlan.convolution(
          name: "\(name).shortcut", outputs: outputs, kernel: 1, stride: stride)
        plan += activation + [.residual(body: body, shortcut: [shortcut])]
      }
      channels = outputs
    }
    return plan + [
      .batchNorm(name: "bn"), .relu, .globalAveragePool, .linear(name: "fc", outputs: nil),
    ]
  }

  /// ImageNet's stages of 64, 128, 256, 512 channels; names are torchvision's.
  static func imagenetResnet(depth: Int, input: ExampleShape) -> [LayerPlan] {
    let isSmall = Swift.max(input.height, input.width) <= 64
    var plan: [LayerPlan] =
      isSmall
      ? [.convolution(name: "conv1", outputs: 64, kernel: 3, padding: 1)]
      : [.convolution(name: "conv1", outputs: 64, kernel: 7, stride: 2, padding: 3)]
    plan += [.batchNorm(name: "bn1"), .relu]
    if !isSmall { plan.append(.maxPool(kernel: 3, stride: 2, padding: 1)) }
    var channels = 64
    let (blocks, expansion) = depth == 18 ? ([2, 2, 2, 2], 1) : ([3, 4, 6, 3], 4)
    for (stage, count) in blocks.enumerated() {
      for block in 0..<count {
        let name = "layer\(stage + 1).\(block)"
        let stride = stage > 0 && block == 0 ? 2 : 1
        let outputs = (64 << stage) * expansion
        plan +=
          expansion == 1
          ? basicBlock(name, from: channels, to: outputs, stride: stride, shortcut: "downsample")
          : bottleneck(name, from: channels, to: outputs, stride: stride)
        channels = outputs
      }
    }
    return plan + [.globalAveragePool, .linear(name: "fc", outputs: nil)]
  }

  /// Two 3×3 convolutions beside a shortcut.
  private static func basicBlock(
    _ name: String, from inputs: Int, to outputs: Int, stride: Int, shortcut: String
  ) -> [LayerPlan] {
    [
      .residual(
        body: [
          .convolution(
            name: "\(name).conv1", outputs: outputs, kernel: 3, stride: stride, padding: 1),
          .batchNorm(name: "\(name).bn1"), .relu,
          .convolution(name: "\(name).conv2", outputs: outputs, kernel: 3, padding: 1),
          .batchNorm(name: "\(name).bn2"),
        ],
        shortcut: projection("\(name).\(shortcut)", from: inputs, to: outputs, stride: stride)),
      .relu,
    ]
  }

  /// 1×1, 3×3 and 1×1 convolutions beside a shortcut.
  private static func bottleneck(_ name: String, from inputs: Int, to outputs: Int, stride: Int)
    -> [LayerPlan]
  {
    [
      .residual(
        body: [
          .convolution(name: "\(name).conv1", outputs: outputs / 4, kernel: 1),
          .batchNorm(name: "\(name).bn1"), .relu,
          .convolution(
            name: "\(name).conv2", outputs: outputs / 4, kernel: 3, stride: stride, padding: 1),
          .batchNorm(name: "\(name).bn2"), .relu,
          .convolution(name: "\(name).conv3", outputs: outputs, kernel: 1),
          .batchNorm(name: "\(name).bn3"),
        ],
        shortcut: projection("\(name).downsample", from: inputs, to: outputs, stride: stride)),
      .relu,
    ]
  }

  private static func projection(_ name: String, from inputs: Int, to outputs: Int, stride: Int)
    -> [LayerPlan]
  {
    inputs == outputs && stride == 1
      ? []
      : [
        .convolution(name: "\(name).0", outputs: outputs, kernel: 1, stride: stride),
        .batchNorm(name: "\(name).1"),
      ]
  }
}
