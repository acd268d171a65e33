import Connectivity
import Datasets
import Networks
import Recipes
import Tensors
import Testing

@Suite struct RunningStatisticsTests {
  private let network = digitsNetwork(.resnet(depth: 8, width: 4))

  @Test func evaluationThenEqualsTheBatchsOwnStatistics() throws {
    let (dataset, weights) = (try digits(), try network.weights())
    let examples = Array(dataset.trainingIndices.prefix(300))
    let fresh = try network.recomputingStatistics(of: weights, on: examples, of: dataset)
    let batch = try dataset.batch(examples[...], of: .train)
    func logits(_ weights: Weights, _ mode: NormalizationMode) throws -> [Float] {
      try Engine.withoutRecording {
        try network.logits(weights.tensors, batch.inputs, mode: mode).elements(of: Float.self)
      }
    }
    let own = try logits(weights, .train)
    func farthest(_ other: [Float]) -> Float { zip(own, other).map { abs($0 - $1) }.max()! }
    // One batch: running statistics are its own but for the variance's unbiasing, n / (n − 1).
    let (near, far) = (farthest(try logits(fresh, .eval)), farthest(try logits(weights, .eval)))
    #expect(near < far / 100, "\(near) against \(far)")
  }

  @Test func batchesAreAveragedAlike() throws {
    let (dataset, weights) = (try digits(), try network.weights())
    let examples = Array(dataset.trainingIndices.prefix(1000))
    func first(_ examples: [Int32]) throws -> [Float] {
      let fresh = try network.recomputingStatistics(of: weights, on: examples, of: dataset)
      let mean = try #require(fresh.specifications.firstIndex { $0.role == .runningMean })
      return try fresh.tensors[mean].elements(of: Float.self)
    }
    let (both, one, two) = (
      try first(examples), try first(Array(examples[..<500])), try first(Array(examples[500...]))
    )
    for channel in both.indices {
      #expect(abs(both[channel] - (one[channel] + two[channel]) / 2) < 1e-6)
    }
    #expect(zip(one, two).contains { abs($0 - $1) > 1e-4 })
  }

  @Test func parametersAndTheOriginalStayAsTheyAre() throws {
    let (dataset, weights) = (try digits(), try network.weights())
    let fresh = try network.recomputingStatistics(
      of: weights, on: Array(dataset.trainingIndices.prefix(50)), of: dataset)
    for (index, specification) in network.tensors.enumerated() {
      let same =
        try fresh.tensors[index].elements(of: Float.self)
        == weights.tensors[index].elements(of: Float.self)
      #expect(same == specification.isParameter, "\(specification.name)")
    }
  }
}
