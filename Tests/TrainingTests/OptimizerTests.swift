import Foundation
import Recipes
import Tensors
import Testing
import Training

@Suite struct OptimizerTests {
  private let shapes = [[2, 2], [3]]

  /// Weights and gradients of these shapes, some of both signs.
  private func tensors(_ phase: Double) throws -> [Tensor] {
    try shapes.map { shape in
      let count = shape.reduce(1, *)
      return try Tensor((0..<count).map { Float(sin(phase + 2.0 * Double($0))) }, shape: shape)
    }
  }

  private func elements(_ tensors: [Tensor]) throws -> [[Float]] {
    try tensors.map { try $0.elements(of: Float.self) }
  }

  @Test(arguments: zip(optimizers, [0, 1, 1, 2, 2]))
  func momentsAreAsManyAsTheOptimizerNeedsAndBeginAtZero(
    specification: OptimizerSpecification, perTensor: Int
  ) throws {
    #expect(specification.momentsPerWeight == perTensor)
    let optimizer = try Optimizer(specification, shapes: shapes)
    #expect(optimizer.steps == 0)
    #expect(optimizer.moments.map(\.shape) == Array((0..<perTensor).map { _ in shapes }.joined()))
    #expect(try elements(optimizer.moments).joined().allSatisfy { $0 == 0 })
  }

  @Test func everyDescriptorHasItsStep() {
    #expect(Update.all.map(\.name) == UpdateRule.all.map(\.name))
  }

  @Test func plainSGDGoesDownTheGradient() throws {
    let (weights, gradients) = (try tensors(0), try tensors(1))
    let before = try elements(weights)
    var optimizer = try Optimizer(
      .init(.sgd, ["learning-rate": 0.5, "weight-decay": 0.25]), shapes: shapes)
    try optimizer.step(weights, gradients: gradients, masks: [nil, nil], factor: 0.5)
    #expect(optimizer.steps == 1)
    for (index, values) in try elements(weights).enumerated() {
      for (position, value) in values.enumerated() {
        let (old, slope) = (before[index][position], try elements(gradients)[index][position])
        #expect(abs(value - (old - 0.25 * (slope + 0.25 * old))) < 1e-7)
      }
    }
  }

  @Test func theFirstStepOfAdamHasTheLengthOfTheLearningRate() throws {
    // m / √v = g / |g| after bias correction, whatever the size of g.
    for scale in [1e-3, 1, 1e3] {
      let weights = try tensors(0)
      let before = try elements(weights)
      let gradients = try tensors(1).map { try $0 * scale }
      var optimizer = try Optimizer(
        .init(.adam, ["learning-rate": 0.1, "epsilon": 1e-10]),
        shapes: shapes)
      try optimizer.step(weights, gradients: gradients, masks: [nil, nil], factor: 1)
      for (values, (old, slopes)) in zip(
        try elements(weights), zip(before, try elements(gradients)))
      {
        for (value, (old, slope)) in zip(values, zip(old, slopes)) {
          #expect(abs(value - (old - (slope > 0 ? 0.1 : -0.1))) < 1e-5)
        }
      }
    }
  }

  @Test func adamWDecaysWeightsApartFromTheGradient() throws {
    let weights = try tensors(0)
    let before = try elements(weights)
    let zeros = try shapes.map { try Tensor(repeating: 0, shape: $0) }
    var optimizer = try Optimizer(
      .init(.adamW, ["learning-rate": 0.1, "weight-decay": 0.5]),
      shapes: shapes)
    try optimizer.step(weights, gradients: zeros, masks: [nil, nil], factor: 1)
    for (values, old) in zip(try elements(weights), before) {
      for (value, old) in zip(values, old) { #expect(abs(value - 0.95 * old) < 1e-7) }
    }
    #expect(try elements(optimizer.moments).joined().allSatisfy { $0 == 0 })
  }

  @Test(arguments: optimizers)
  func anOptimizerGoesOnFromItsStepsAndMoments(specification: OptimizerSpecification) throws {
    var whole = try Optimizer(specification, shapes: shapes)
    let weights = try tensors(0)
    for step in 0..<3 {
      try whole.step(weights, gradients: tensors(Double(step)), masks: [nil, nil], factor: 1)
    }
    let copy = try weights.map { try $0.copy() }
    var resumed = Optimizer(
      specification, steps: whole.steps, moments: try whole.moments.map { try $0.copy() })
    try whole.step(weights, gradients: tensors(3), masks: [nil, nil], factor: 1)
    try resumed.step(copy, gradients: tensors(3), masks: [nil, nil], factor: 1)
    #expect(try elements(copy) == elements(weights))
    #expect(try elements(resumed.moments) == elements(whole.moments))
    #expect(resumed.steps == 4 && whole.steps == 4)
  }

  @Test(arguments: optimizers)
  func onlyMaskedTensorsArePruned(specification: OptimizerSpecification) throws {
    let weights = try tensors(0)
    let mask = try Tensor([UInt8(1), 0, 0, 1], shape: [2, 2])
    var optimizer = try Optimizer(specification, shapes: shapes)
    try optimizer.step(weights, gradients: tensors(1), masks: [mask, nil], factor: 1)
    let found = try elements(weights + optimizer.moments)
    for values in found where values.count == 4 {
      #expect(values[1].bitPattern == 0 && values[2].bitPattern == 0)
      #expect(values[0] != 0 && values[3] != 0)
    }
    for values in found where values.count == 3 { #expect(values.allSatisfy { $0 != 0 }) }
  }

  @Test func aFactorOfZeroMovesNothing() throws {
    for specification in optimizers {
      let weights = try tensors(0)
      let before = try elements(weights)
      var optimizer = try Optimizer(specification, shapes: shapes)
      try optimizer.step(weights, gradients: tensors(1), masks: [nil, nil], factor: 0)
      #expect(try elements(weights) == before)
    }
  }
}
