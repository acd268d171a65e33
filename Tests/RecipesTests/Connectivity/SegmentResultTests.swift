import Foundation
@testable import Recipes
import Testing

@Suite("SegmentResult")
struct SegmentResultTests {
  private func evaluation(_ correct: Int, _ loss: Double?) -> Evaluation {
    Evaluation(correct: correct, count: 10, loss: loss)
  }

  @Test("values and barriers by quantity, split and policy")
  func values() throws {
    let points = [(9, 0.5), (4, 2.0), (7, 0.7)].map { correct, loss in
      [
        PointEvaluation(train: evaluation(10, 0.1), test: evaluation(correct, loss)),
        PointEvaluation(train: nil, test: evaluation(8, nil)),
      ]
    }
    let result = SegmentResult(
      path: CurvePointsResult(
        points: zip(PathPositions.evenlySpaced(3), points).map {
          CurvePointsResult.Point(t: $0, evaluations: $1, ensembles: [])
        }, trios: [], products: nil),
      geometry: PathGeometry(distance: 1, angle: 1, fromParent: nil),
      disagreement: Disagreement(differing: 1, count: 10, expected: 0.5))
    #expect(result.positions == [0, 0.5, 1])
    let errors = result.values(.error, on: .test).compactMap(\.self)
    #expect(errors.count == 3 && abs(errors[1] - 60) < 1e-12)
    #expect(abs(try #require(result.summary(.error, on: .test)).barrier - 40) < 1e-12)
    #expect(abs(try #require(result.summary(.loss, on: .test)).barrier - 1.4) < 1e-12)
    #expect(try #require(result.summary(.loss, on: .train)).barrier == 0)
    #expect(result.summary(.error, on: .test, policy: 1) == nil, "no finite loss")
    #expect(result.values(.error, on: .train, policy: 1) == [nil, nil, nil])
    let data = try CanonicalJSON.encode(result)
    #expect(try JSONDecoder().decode(SegmentResult.self, from: data) == result)
    #expect(try JSONDecoder().decode(CurvePointsResult.self, from: data) == result.path)
  }
}
