import Connectivity
import Randomness
import Recipes
import Testing
import Training

@Suite struct PointEvaluatorTests {
  private func measured(
    _ specification: NetworkSpecification, _ statistics: [StatisticsPolicy], training: Int
  ) throws -> (found: [PointEvaluation], test: Evaluation) {
    let (dataset, network) = (try digits(), digitsNetwork(specification))
    let weights = try network.weights()
    let evaluator = PointEvaluator(
      network, dataset,
      PointMeasurement(
        trainingExamples: training, stream: StreamPath(seed: 1) / "subset", statistics: statistics,
        statisticsExamples: 200))
    return (
      try evaluator.evaluate(1) { _ in weights }[0],
      try network.evaluate(weights, on: .test, of: dataset)
    )
  }

  @Test func interpolatedStatisticsAreTheWeightsOwn() throws {
    let (found, test) = try measured(
      .resnet(depth: 8, width: 4), [.interpolated, .recomputed], training: 100)
    #expect(found.count == 2)
    #expect(found[0].test == test)
    #expect(found[1].test.loss != test.loss)
    #expect(found.allSatisfy { $0.train?.count == 100 })
  }

  @Test func policiesAgreeWithoutBatchNorm() throws {
    let (found, _) = try measured(.lenet(hidden: [20]), [.interpolated, .recomputed], training: 0)
    #expect(found[0] == found[1] && found[0].train == nil)
  }
}
