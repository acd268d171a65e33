import Connectivity
import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Training
import Wording

extension Tool {
  /// Trains a curve between two files' weights, writes its bends, and returns a table of it.
  static func curve(_ request: CurveRequest, _ names: FileNames) throws -> String {
    let segment = request.segment
    let (evaluator, start, end) = try prepare(segment, names)
    let network = evaluator.network
    let root = CurveRecipe.streams(seed: request.seed, replicate: 1, shape: request.shape)
    let training = try CurveTraining(
      Curve(request.shape, from: start, to: end), of: network, on: evaluator.dataset,
      specification: request.training, order: root / "order", positions: root / "positions",
      mask: segment.mask.map {
        try Mask(readingFrom: URL(fileURLWithPath: $0), for: network, names: names)
      })
    var state = try training.begin()
    let steps = request.training.duration.iterations(perEpoch: training.stepsPerEpoch)
    if case .diverged(let iteration) = try training.run(&state, to: steps) {
      throw ConnectivityError.diverged(iteration: iteration)
    }
    let curve = training.curve(state)
    let files = curve.bends.indices.map { request.file(ofBend: $0 + 1) }
    for (bend, file) in zip(curve.bends, files) { try bend.write(to: URL(fileURLWithPath: file)) }

    func measured(_ curve: Curve) throws -> CurvePointsResult {
      try evaluator.evaluate(curve, points: segment.points, ensembles: false)
    }
    let (found, straight) = (
      try measured(curve), try measured(Curve(.segment, from: start, to: end))
    )
    let table = try PathTable(found, of: segment)
    func highest(_ result: CurvePointsResult) -> String {
      let values = result.values(
        .error, on: .test, policy: evaluator.measurement.statistics.count - 1)
      guard let highest = values.compactMap({ $0 }).max() else { return "no finite loss" }
      return Format.significant(highest, digits: 4) + " %"
    }
    return """
      \(table.text)
      highest test error \(highest(found)) on the \(request.shape), \(highest(straight)) on the segment
      bends in \(files.joined(separator: ", "))
      """
  }

  /// Measures the plane through three files' weights, writes its grid, and returns what lies at and between
  /// them.
  static func plane(_ request: PlaneRequest, _ names: FileNames) throws -> String {
    try Engine.prepareWorker()
    let network = try Network(checking: request.measured.problem)
    let corners = try Endpoints.read(
      request.weights.map { URL(fileURLWithPath: $0) }, for: network, allowsOtherMasks: true,
      names: names)
    let plane = try Plane(through: corners, names: request.weights)
    let result = try PointEvaluator(network, request.measured).evaluate(
      plane, side: request.side, margin: request.margin)
    try OutputFile.write(csv(result), to: request.output)
    let between = zip(
      ["A", "B", "C", "A+B", "A+C", "B+C", "A+B+C"],
      result.networks + result.midpoints + [result.center])
    return
      (zip(["A", "B", "C"], zip(request.weights, result.corners)).map { name, corner in
        "\(name) at (\(Format.significant(corner.1.x, digits: 4)),"
          + " \(Format.significant(corner.1.y, digits: 4))): \(corner.0)"
      }
      + between.map { name, evaluation in
        let loss = evaluation.test.loss.map { Format.number($0, digits: 4) } ?? "not finite"
        return
          "\(name): test error \(Format.number(evaluation.test.error, digits: 2)) %, loss \(loss)"
      } + [
        "grid of \(request.side) × \(request.side) points in \(request.output)"
      ]).joined(separator: "\n")
  }

  private static func csv(_ plane: PlaneResult) -> String {
    var rows = ["x,y,train_error,train_loss,test_error,test_loss"]
    for (y, evaluations) in zip(plane.ys, plane.evaluations) {
      for (x, evaluation) in zip(plane.xs, evaluations) {
        let values = [evaluation.train, evaluation.test].flatMap { part -> [String] in
          guard let part, let loss = part.loss else { return ["", ""] }
          return ["\(part.error)", "\(loss)"]
        }
        rows.append((["\(x)", "\(y)"] + values).joined(separator: ","))
      }
    }
    return rows.map { $0 + "\n" }.joined()
  }
}
