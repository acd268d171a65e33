import Foundation
import Tensors
import Testing

/// Against PyTorch 2.13.0: `Resources/steps.safetensors`, three steps of every optimizer.
@Suite struct FusedStepsTests {
  private static let rates: [Float] = [0.1, 0.02, 0.3]

  private let expected: Safetensors
  private let mask: Tensor

  init() throws {
    expected = try Safetensors(readingFrom: try resource("steps"))
    mask = try expected.tensor("mask")
  }

  @Test func theReferenceNamesItsVersions() {
    #expect(expected.metadata["versions"]?.hasPrefix("torch 2.13.0+cpu, ") == true)
  }

  /// Memory whose steps are loops of our own, and any other, whose steps are libtorch's operations: what
  /// GPUs have.
  enum Memory: CaseIterable { case plain, other }

  /// The weight before the first step, its pruned entries zero where `masked`.
  private func weight(masked: Bool, _ memory: Memory) throws -> Tensor {
    let weight = try expected.tensor("weight")
    let fresh = masked ? try weight * (try mask.converted(to: .float32)) : try weight.copy()
    guard memory == .other else { return fresh }
    // Every second element of twice as many.
    let count = fresh.count
    let wide = try fresh.reshaped([count, 1]) * Tensor(repeating: 1, shape: [1, 2])
    return try wide.narrowed(1, start: 0, length: 1).reshaped(fresh.shape)
  }

  private func check(_ found: Tensor, _ name: String, masked: Bool) throws {
    let (values, wanted) = (
      try found.elements(of: Float.self), try expected.tensor(name).elements(of: Float.self)
    )
    #expect(distance(values, wanted) < 1e-6, "\(name)")
    if masked {
      let pruned = zip(values, try mask.elements(of: UInt8.self)).filter { $1 == 0 }.map(\.0)
      #expect(!pruned.isEmpty && pruned.allSatisfy { $0.bitPattern == 0 }, "\(name)")
    }
  }

  struct SGD: Sendable, CustomTestStringConvertible {
    let name: String
    let momentum: Float
    let nesterov: Bool
    let decay: Float
    var testDescription: String { name }
  }

  @Test(
    arguments: [
      SGD(name: "sgd", momentum: 0, nesterov: false, decay: 0),
      SGD(name: "sgd-decay", momentum: 0, nesterov: false, decay: 0.01),
      SGD(name: "momentum", momentum: 0.9, nesterov: false, decay: 0),
      SGD(name: "momentum-decay", momentum: 0.9, nesterov: false, decay: 0.01),
      SGD(name: "nesterov", momentum: 0.9, nesterov: true, decay: 0),
      SGD(name: "nesterov-decay", momentum: 0.9, nesterov: true, decay: 0.01),
    ], [(false, Memory.plain), (true, .plain), (false, .other), (true, .other)])
  func sgdStepsAsPyTorchDoes(sgd: SGD, setting: (masked: Bool, memory: Memory)) throws {
    let masked = setting.masked
    let weight = try weight(masked: masked, setting.memory)
    let velocity =
      sgd.momentum == 0 ? nil : try Tensor(repeating: 0, shape: weight.shape)
    for (index, rate) in Self.rates.enumerated() {
      try weight.stepSGD(
        gradient: try expected.tensor("gradient.\(index)"), velocity: velocity,
        mask: masked ? mask : nil, learningRate: rate, momentum: sgd.momentum,
        nesterov: sgd.nesterov, weightDecay: sgd.decay)
      let key = "\(sgd.name)\(masked ? ".masked" : "").\(index)"
      try check(weight, "\(key).weight", masked: masked)
      if let velocity { try check(velocity, "\(key).momentum_buffer", masked: masked) }
    }
  }

  @Test(
    arguments: [("adam", 0, false), ("adam-decay", 0.01, false), ("adamw-decay", 0.1, true)],
    [(false, Memory.plain), (true, .plain), (false, .other), (true, .other)])
  func adamStepsAsPyTorchDoes(
    adam: (name: String, decay: Double, decoupled: Bool), setting: (masked: Bool, memory: Memory)
  ) throws {
    let masked = setting.masked
    let weight = try weight(masked: masked, setting.memory)
    let first = try Tensor(repeating: 0, shape: weight.shape)
    let second = try Tensor(repeating: 0, shape: weight.shape)
    for (index, rate) in Self.rates.enumerated() {
      let count = Double(index + 1)
      try weight.stepAdam(
        gradient: try expected.tensor("gradient.\(index)"), firstMoment: first,
        secondMoment: second, mask: masked ? mask : nil,
        step: Tensor.AdamStep(
          learningRate: Double(rate), beta1: 0.8, beta2: 0.95, epsilon: 1e-6,
          weightDecay: adam.decay, correction1: 1 - pow(0.8, count),
          correction2: 1 - pow(0.95, count), decoupled: adam.decoupled))
      let key = "\(adam.name)\(masked ? ".masked" : "").\(index)"
      try check(weight, "\(key).weight", masked: masked)
      try check(first, "\(key).exp_avg", masked: masked)
      try check(second, "\(key).exp_avg_sq", masked: masked)
    }
  }

  private func step(
    _ weight: Tensor, gradient: Tensor, velocity: Tensor? = nil, mask: Tensor? = nil,
    momentum: Float = 0
  ) throws {
    try weight.stepSGD(
      gradient: gradient, velocity: velocity, mask: mask, learningRate: 1, momentum: momentum,
      nesterov: false, weightDecay: 0)
  }

  /// Weights of a convolution as programs compute with them step as others do, to the bit.
  @Test(arguments: [false, true], [false, true])
  func channelsLastWeightsStepAsOthers(adam: Bool, masked: Bool) throws {
    let shape = [3, 5, 2, 3]
    func tensor(_ factor: Double) throws -> Tensor {
      try Tensor((0..<90).map { Float(sin(factor * Double($0 + 1))) }, shape: shape)
    }
    let mask = try Tensor((0..<90).map { UInt8($0 % 4 == 0 ? 0 : 1) }, shape: shape)
    let results = try [false, true].map { arranged in
      func placed(_ tensor: Tensor) throws -> Tensor {
        arranged ? try tensor.channelsLast() : tensor
      }
      let weight = try placed(tensor(1))
      let moments = try [placed(tensor(2)), placed(tensor(3) * tensor(3))]
      let mask = try masked ? placed(mask) : nil
      // The last gradient lies otherwise than the weight.
      for gradient in try [placed(tensor(4)), tensor(5)] {
        if adam {
          try weight.stepAdam(
            gradient: gradient, firstMoment: moments[0], secondMoment: moments[1], mask: mask,
            step: Tensor.AdamStep(
              learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.1,
              correction1: 0.2, correction2: 0.05, decoupled: false))
        } else {
          try step(weight, gradient: gradient, velocity: moments[0], mask: mask, momentum: 0.5)
        }
      }
      return try ([weight] + moments).map { try $0.elements(of: Float.self) }
    }
    #expect(results[0] == results[1])
    #expect(try results[0][0] != tensor(1).elements(of: Float.self))
    let error = #expect(throws: TensorError.self) {
      try step(tensor(1).channelsLast(), gradient: tensor(1), mask: mask)
    }
    #expect(error?.description.contains("does not lie in memory as its weight does") == true)
  }

  @Test func gradientsNeedNotBeContiguous() throws {
    let weight = try Tensor(repeating: 0, shape: [2, 3])
    try step(weight, gradient: try Tensor([Float(1), 2, 3, 4, 5, 6], shape: [3, 2]).transposed())
    #expect(try weight.elements() == [Float(-1), -3, -5, -2, -4, -6])
  }

  @Test func prunedEntriesBecomeZeroWhateverTheyWere() throws {
    let weight = try Tensor([Float.nan, -1, .infinity, 2], shape: [4])
    let gradient = try Tensor([Float.nan, .nan, 1, 1], shape: [4])
    let velocity = try Tensor([Float(1), .nan, -.infinity, 0], shape: [4])
    let mask = try Tensor([UInt8(0), 0, 0, 1], shape: [4])
    try step(weight, gradient: gradient, velocity: velocity, mask: mask, momentum: 0.5)
    #expect(try weight.elements() == [Float(0), 0, 0, 1])
    #expect(try velocity.elements() == [Float(0), 0, 0, 1])
    try step(weight, gradient: gradient, mask: mask)
    #expect(try weight.elements() == [Float(0), 0, 0, 0])
  }

  @Test func misfitsAreErrors() throws {
    let weight = try Tensor(repeating: 1, shape: [2, 3])
    let ones = try Tensor(repeating: 1, shape: [2, 3])
    let long = try Tensor(repeating: 1, shape: [7])
    let double = try Tensor(repeating: 1, shape: [2, 3], type: .float64)
    let shape = #expect(throws: TensorError.self) { try step(weight, gradient: long) }
    #expect(shape?.description.contains("[2, 3]") == true)
    #expect(shape?.description.contains("[7]") == true)
    #expect(throws: TensorError.self) { try step(double, gradient: ones) }
    #expect(throws: TensorError.self) { try step(weight, gradient: double) }
    #expect(throws: TensorError.self) { try step(weight, gradient: ones, velocity: long) }
    #expect(throws: TensorError.self) { try step(weight, gradient: ones, velocity: double) }
    #expect(throws: TensorError.self) { try step(weight, gradient: ones, mask: ones) }
    #expect(throws: TensorError.self) { try step(weight, gradient: ones, momentum: 0.9) }
    #expect(try weight.values == [1, 1, 1, 1, 1, 1])
  }
}
