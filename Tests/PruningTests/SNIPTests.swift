import Datasets
import Pruning
import Recipes
import Tensors
import Testing

@Suite struct SNIPTests {
  private let setting: Setting

  init() throws { setting = try Setting() }

  /// w · ∂L/∂w of the mean cross-entropy over one batch.
  private func products(on batch: Batch) throws -> [[Double]] {
    let variables = try setting.weights.tensors.map { try $0.variable() }
    let loss = try setting.network.logits(variables, batch.inputs, mode: .eval)
      .crossEntropy(batch.labels)
    return try zip(setting.weights.tensors, loss.gradients(of: variables)).enumerated()
      .filter { setting.network.prunableIndices.contains($0.offset) }
      .map { try ($0.element.0 * $0.element.1).converted(to: .float64).elements() }
  }

  private func scores(_ reading: SNIPReading, batchSize: Int) throws
    -> [[Double]]
  {
    try setting.scoring(batches: setting.batches(40, batchSize: batchSize))
      .scores(by: .init(.snip, ["reading": .name(reading.rawValue)])).values
  }

  private func differ(_ a: [[Double]], _ b: [[Double]]) -> Double {
    zip(a, b).map { relativeError($0, $1) }.max() ?? .infinity
  }

  @Test(arguments: SNIPReading.allCases)
  func scoresOfOneBatchAreAbsoluteProducts(reading: SNIPReading) throws {
    let expected = try products(on: setting.batches()[0]).map { $0.map { abs($0) } }
    #expect(differ(try scores(reading, batchSize: 40), expected) < 1e-6)
  }

  @Test func readingsAgreeOnOneBatchAndDifferOnSeveral() throws {
    let one = try SNIPReading.allCases.map { try scores($0, batchSize: 40) }
    #expect(one[0] == one[1])
    let several = try SNIPReading.allCases.map {
      try scores($0, batchSize: 16)
    }
    #expect(differ(several[0], several[1]) > 0.05)
    // |Σ| ≤ Σ| |, weight by weight.
    for (sum, mean) in zip(several[0].joined(), several[1].joined()) {
      #expect(sum <= mean * (1 + 1e-5) + 1e-9)
    }
  }

  @Test func theSumOfGradientsDoesNotDependOnTheBatches() throws {
    // Batches of 16, 16 and 8 count by their examples.
    #expect(
      differ(
        try scores(.sumThenAbsolute, batchSize: 16), try scores(.sumThenAbsolute, batchSize: 40))
        < 1e-5)
  }

  @Test func theMeanOfAbsoluteValuesIsTakenOverExamples() throws {
    let batches = try setting.batches(40, batchSize: 16)
    let parts = try batches.map { try products(on: $0).map { $0.map { abs($0) } } }
    let expected = parts[0].indices.map { layer in
      parts[0][layer].indices.map { index in
        zip(parts, [0.4, 0.4, 0.2]).reduce(0) { $0 + $1.1 * $1.0[layer][index] }
      }
    }
    #expect(differ(try scores(.absoluteThenMean, batchSize: 16), expected) < 1e-6)
  }
}
