import Foundation
import Programs
import Tensors
import Testing

/// Programs with bfloat16 inputs beside the same with float32 ones.
@Suite struct MixedPrecisionTests {
  private struct Outcome {
    let loss: Double
    let gradients: [[Double]]
    let state: [[Double]]
    let logits: [Double]

    /// Distance between the gradients, all tensors as one vector, relative to its length.
    func distance(to other: Outcome) -> Double {
      let (mine, others) = (gradients.joined(), other.gradients.joined())
      let difference = zip(mine, others).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (difference / others.reduce(0) { $0 + $1 * $1 }).squareRoot()
    }
  }

  private static let shape = [16, 2, 9, 9]

  private static func numbers(_ shape: [Int], _ seed: Int, scale: Float = 1) throws -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor(
      (0..<count).map { scale * Float(sin(Double(($0 + 31 * seed) * ($0 + 7)))) }, shape: shape)
  }

  /// A small residual network; its convolutions and linear operation are given by `build`.
  private static var program: LayerProgram {
    var program = LayerProgram()
    func relu(_ x: Int) -> Int { program.append(.relu, x) }
    func conv(_ x: Int, _ weight: Int, _ kernel: Int, stride: Int = 1) -> Int {
      program.append(
        .convolution(
          weight: weight, bias: nil,
          .init(kernel: kernel, stride: stride, padding: kernel / 2)), x)
    }
    func norm(_ x: Int, _ first: Int) -> Int {
      program.append(
        .batchNorm(
          .init(weight: first, bias: first + 1, mean: first + 2, variance: first + 3)), x)
    }
    let x = relu(norm(conv(0, 0, 3), 1))
    let body = norm(conv(relu(norm(conv(x, 5, 3, stride: 2), 6)), 10, 3), 11)
    let sum = program.append(.add(norm(conv(x, 15, 1, stride: 2), 16)), body)
    let y = program.append(.globalAveragePool, relu(sum))
    _ = program.append(.linear(weight: 20, bias: 21), program.append(.flatten, y))
    return program
  }

  private static let channels = 8
  private static func normShapes() -> [[Int]] { Array(repeating: [channels], count: 4) }
  private static let shapes: [[Int]] =
    [[channels, 2, 3, 3]] + normShapes() + [[channels, channels, 3, 3]] + normShapes()
    + [[channels, channels, 3, 3]] + normShapes() + [[channels, channels, 1, 1]] + normShapes()
    + [[4, channels], [4]]
  private static let buffers: Set<Int> = [3, 4, 8, 9, 13, 14, 18, 19]

  private static func tensors() throws -> [Tensor] {
    try shapes.enumerated().map { index, shape in
      if shape == [channels] {
        // Scale and running variance 1, shift and running mean 0.
        return try Tensor(
          repeating: [1, 6, 11, 16].contains(index) || [4, 9, 14, 19].contains(index) ? 1 : 0,
          shape: shape)
      }
      let fanIn = shape.dropFirst().reduce(1, *)
      return try numbers(shape, index, scale: Float((4 / Double(fanIn)).squareRoot()))
    }
  }

  private static func run(
    _ type: ElementType, channelsLast: Bool = false,
    change: ([Tensor]) throws -> Void = { _ in }
  ) throws -> (outcome: Outcome, bits: [[UInt8]]) {
    let tensors = try tensors()
    try change(tensors)
    let subject = try ProgramGradients(
      program, shapes: shapes, isParameter: shapes.indices.map { !buffers.contains($0) })
    let inputs = try batch(type, channelsLast: channelsLast)
    let labels = try Tensor((0..<Int64(shape[0])).map { $0 % 4 }, shape: [shape[0]])
    let loss = try subject.compute(tensors, inputs: inputs, labels: labels)
    let logits = try ProgramInference(program).logits(tensors, inputs)
    #expect(try logits.type == .float32)
    let gradients = subject.gradients.compactMap { $0 }
    #expect(try gradients.allSatisfy { try $0.type == .float32 })
    return (
      Outcome(
        loss: Double(loss), gradients: try gradients.map { try $0.values },
        state: try tensors.map { try $0.values }, logits: try logits.values),
      try (gradients + tensors + [logits]).map { try $0.bytes }
    )
  }

  private static func batch(_ type: ElementType, channelsLast: Bool) throws -> Tensor {
    let size = shape[1...].reduce(1, *)
    let images = (0..<(shape[0] * size)).map {
      UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 9)
    }
    let inputs = try Tensor.imageBatch(shape: shape, type: type, channelsLast: channelsLast)
    try images.withUnsafeBufferPointer {
      try inputs.gather(
        images: $0, imageBytes: size, indices: Array(0..<Int32(shape[0]))[...],
        scale: [0.016, 0.017], shift: [-2, -2.1])
    }
    return inputs
  }

  @Test func gradientsAreFloat32sToRounding() throws {
    let half = try Self.run(.bfloat16).outcome
    let single = try Self.run(.float32).outcome
    let distance = half.distance(to: single)
    #expect(distance < 0.1)
    // Not the same arithmetic.
    #expect(distance > 1e-5)
    #expect(abs(half.loss - single.loss) < 1e-2 * single.loss)
    for (a, b) in zip(half.state + [half.logits], single.state + [single.logits]) {
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 3e-2 })
    }
  }

  @Test func aChangedWeightShows() throws {
    let right = try Self.run(.bfloat16).outcome
    for index in [0, 1, 5, 10, 15, 20] {
      let wrong = try Self.run(.bfloat16) {
        try $0[index].withMutableElements(of: Float.self) { $0[0] += 8 }
      }.outcome
      #expect(wrong.distance(to: right) > 0.1, "tensor \(index)")
    }
  }

  /// Bits, whatever the layout of the inputs: a channels-last batch is only spared its copy.
  @Test(arguments: [ElementType.float32, .bfloat16])
  func theSameAgainAndInEitherLayout(_ type: ElementType) throws {
    let first = try Self.run(type).bits
    #expect(try Self.run(type).bits == first)
    #expect(try Self.run(type, channelsLast: true).bits == first)
  }

  @Test func notANumberShows() throws {
    for index in [0, 1, 2, 5, 15, 20] {
      let loss = try Self.run(.bfloat16) {
        try $0[index].withMutableElements(of: Float.self) { $0[0] = .nan }
      }.outcome.loss
      #expect(loss.isNaN, "tensor \(index)")
    }
  }

  /// What bfloat16 represents exactly comes out exactly.
  @Test func smallIntegersAreExact() throws {
    var program = LayerProgram()
    let x = program.append(
      .convolution(weight: 0, bias: 1, .init(kernel: 3, stride: 1, padding: 1)), 0)
    let y = program.append(
      .maxPool(.init(kernel: 3, stride: 2, padding: 1)), program.append(.relu, x))
    let z = program.append(
      .convolution(weight: 2, bias: nil, .init(kernel: 1, stride: 1, padding: 0)), y)
    let sum = program.append(.flatten, program.append(.relu, program.append(.add(y), z)))
    _ = program.append(.linear(weight: 3, bias: nil), sum)
    func small(_ shape: [Int], every: Int) throws -> Tensor {
      let count = shape.reduce(1, *)
      return try Tensor(
        (0..<count).map { $0 % every == 0 ? Float(($0 / every) % 3 - 1) : 0 }, shape: shape)
    }
    let tensors = [
      try small([4, 2, 3, 3], every: 2), try small([4], every: 1),
      try small([4, 4, 1, 1], every: 1),
      try small([3, 36], every: 7),
    ]
    let inputs = try small([20, 2, 6, 6], every: 1)
    let inference = try ProgramInference(program)
    let single = try inference.logits(tensors, inputs).values
    #expect(try inference.logits(tensors, inputs.converted(to: .bfloat16)).values == single)
    #expect(Set(single).count > 2)
  }

  @Test func otherTypesAreErrors() throws {
    let inputs = try Tensor(repeating: 1, shape: Self.shape).converted(to: .float64)
    let error = #expect(throws: TensorError.self) {
      _ = try ProgramInference(Self.program).logits(Self.tensors(), inputs)
    }
    #expect(error?.description.contains("float32 or bfloat16") == true)
  }
}
