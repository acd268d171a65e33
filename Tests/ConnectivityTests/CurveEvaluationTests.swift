import Connectivity
import Networks
import Randomness
import Recipes
import Testing
import Training

@Suite struct CurveEvaluationTests {
  private func evaluate(
    _ specification: NetworkSpecification, _ statistics: [StatisticsPolicy], ensembles: Bool
  ) throws -> (found: CurvePointsResult, ends: [Evaluation]) {
    let (dataset, network) = (try digits(), digitsNetwork(specification))
    let ends = (try network.weights(seed: 1), try network.weights(seed: 2))
    let evaluator = PointEvaluator(
      network, dataset,
      PointMeasurement(
        trainingExamples: 100, stream: StreamPath(seed: 1) / "subset", statistics: statistics,
        statisticsExamples: 100))
    var reported: [Double] = []
    let found = try evaluator.evaluate(
      Curve(.chain(bends: 1), from: ends.0, to: ends.1), points: 5, ensembles: ensembles
    ) { reported.append($0) }
    #expect(reported.last == 1 && reported == reported.sorted())
    return (
      found,
      try [ends.0, ends.1].map { try network.evaluate($0, on: .test, of: dataset) }
    )
  }

  @Test("points stand at equal distances, and the ends' are the networks' own")
  func points() throws {
    let (found, ends) = try evaluate(.lenet(hidden: [8]), [.recomputed], ensembles: false)
    #expect(found.points.map(\.t) == [0, 0.25, 0.5, 0.75, 1])
    #expect(found.points.first?.evaluations[0].test == ends[0])
    #expect(found.points.last?.evaluations[0].test == ends[1])
    #expect(found.points.allSatisfy { $0.evaluations[0].train?.count == 100 })
    #expect(found.points.allSatisfy { $0.ensembles.isEmpty } && found.trios.isEmpty)
    #expect(found.products?.count == 3)
  }

  @Test("an ensemble of the start with itself is the start; evaluations stay as they are")
  func ensembles() throws {
    let (plain, _) = try evaluate(.lenet(hidden: [8]), [.recomputed], ensembles: false)
    let (found, ends) = try evaluate(.lenet(hidden: [8]), [.recomputed], ensembles: true)
    #expect(found.points.map(\.evaluations) == plain.points.map(\.evaluations))
    #expect(found.points[0].ensembles[0].correct == ends[0].correct)
    #expect(abs(found.points[0].ensembles[0].loss! - ends[0].loss!) < 1e-5)
    #expect(found.points[4].ensembles[0] != found.points[0].ensembles[0])
    #expect(found.trios.count == 1)
  }

  @Test("policies stand side by side")
  func policies() throws {
    let (found, ends) = try evaluate(
      .resnet(depth: 8, width: 4), [.interpolated, .recomputed], ensembles: true)
    #expect(found.points.allSatisfy { $0.evaluations.count == 2 && $0.ensembles.count == 2 })
    #expect(found.points[0].evaluations[0].test == ends[0])
    #expect(found.points[0].evaluations[1].test != ends[0])
    #expect(found.trios.count == 2)
  }
}
