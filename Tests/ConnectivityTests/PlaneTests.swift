import Connectivity
import Networks
import Randomness
import Recipes
import Testing
import Training

@Suite struct PlaneTests {
  private let network = digitsNetwork(.lenet(hidden: [6]))
  private let names = ["a", "b", "c"]

  private func corners() throws -> [Weights] {
    try (1...3).map { try network.weights(seed: $0) }
  }

  @Test("the basis is orthonormal, and the networks stand at their places")
  func basis() throws {
    let corners = try corners()
    let plane = try Plane(through: corners, names: names)
    func point(_ x: Double, _ y: Double) throws -> Weights {
      try plane.point(at: PlanePosition(x: x, y: y))
    }
    let origin = try point(0, 0)
    let u = try Weights.combination([(1, point(1, 0)), (-1, origin)])
    let v = try Weights.combination([(1, point(0, 1)), (-1, origin)])
    #expect(abs(try u.dot(u) - 1) < 1e-5)
    #expect(abs(try v.dot(v) - 1) < 1e-5)
    #expect(abs(try u.dot(v)) < 1e-5)
    for (corner, position) in zip(corners, plane.positions) {
      #expect(try plane.point(at: position).distance(to: corner) == 0)
    }
    #expect(plane.positions[0] == PlanePosition(x: 0, y: 0))
    #expect(plane.positions[1].y == 0 && plane.positions[2].y > 0)
    // Distances in the plane are distances of weights.
    let (second, third) = (plane.positions[1], plane.positions[2])
    let drawn =
      ((second.x - third.x) * (second.x - third.x) + third.y * third.y).squareRoot()
    #expect(abs(drawn - (try corners[1].distance(to: corners[2]))) < 1e-6)
  }

  @Test("the grid reaches beyond the networks by its margin")
  func grid() throws {
    let plane = try Plane(through: corners(), names: names)
    let (xs, ys) = plane.grid(side: 5, margin: 0.25)
    let (low, high) = (
      plane.positions.map(\.x).min()!, plane.positions.map(\.x).max()!
    )
    #expect(abs(xs[0] - (low - 0.25 * (high - low))) < 1e-12)
    #expect(abs(xs[4] - (high + 0.25 * (high - low))) < 1e-12)
    #expect(abs(ys[0] + 0.25 * plane.positions[2].y) < 1e-12)
    #expect(xs.count == 5 && ys.count == 5)
  }

  @Test("points on one line define no plane")
  func collinear() throws {
    let corners = try corners()
    let middle = try Weights.combination([(0.3, corners[0]), (0.7, corners[1])])
    #expect(
      "\(#expect(throws: ConnectivityError.self) { try Plane(through: [corners[0], corners[1], middle], names: names) }!)"
        .hasPrefix("a, b, c lie on one line"))
    #expect(throws: ConnectivityError.samePoint("a", "c")) {
      try Plane(through: [corners[0], corners[1], corners[0]], names: names)
    }
  }

  @Test("the grid's evaluations are those of its points")
  func evaluations() throws {
    let dataset = try digits()
    let plane = try Plane(through: corners(), names: names)
    let evaluator = PointEvaluator(
      network, dataset,
      PointMeasurement(
        trainingExamples: 0, stream: StreamPath(seed: 1) / "subset", statistics: [.interpolated],
        statisticsExamples: 10))
    let result = try evaluator.evaluate(plane, side: 3, margin: 0.1)
    #expect(result.evaluations.count == 3 && result.evaluations.allSatisfy { $0.count == 3 })
    let weights = try plane.point(at: PlanePosition(x: result.xs[2], y: result.ys[1]))
    let expected = try network.evaluate(weights, on: .test, of: dataset)
    #expect(result.evaluations[1][2].test.correct == expected.correct)
    #expect(abs(result.evaluations[1][2].test.loss! - expected.loss!) < 1e-5)
    #expect(result.corners == plane.positions)
    for (found, corner) in zip(result.networks, try corners()) {
      #expect(found.test == (try network.evaluate(corner, on: .test, of: dataset)))
    }
    #expect(result.midpoints.count == 3 && result.center.test.count == 357)
  }
}
