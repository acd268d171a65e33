import Connectivity
import Datasets
import Foundation
import Networks
import Recipes
import Tensors

extension Tool {
  /// Measures the segment between two files' weights, and returns a table of it.
  static func interpolate(_ request: InterpolateRequest, _ names: FileNames) throws -> String {
    let (evaluator, start, end) = try prepare(request, names)
    return try PathTable(
      evaluator.interpolate(from: start, to: end, points: request.points), of: request
    ).text
  }

  /// What measures the networks between two files' weights, and both ends.
  static func prepare(_ request: InterpolateRequest, _ names: FileNames) throws -> (
    PointEvaluator, start: Weights, end: Weights
  ) {
    try Engine.prepareWorker()
    let network = try Network(checking: request.measured.problem)
    let ends = try Endpoints.read(
      [request.start, request.end].map { URL(fileURLWithPath: $0) }, for: network,
      mask: request.mask.map { URL(fileURLWithPath: $0) },
      allowsOtherMasks: request.allowsOtherMasks, names: names)
    return (try PointEvaluator(network, request.measured), ends[0], ends[1])
  }
}

extension Network {
  /// The network of a problem that nothing checked yet.
  init(checking problem: Problem) throws {
    try self.init(
      checking: problem.network, input: problem.dataset.source.shape,
      classes: problem.dataset.source.classes)
  }
}

extension PointEvaluator {
  /// What measures points of `network` on the user's data.
  init(_ network: Network, _ measured: MeasuredProblem) throws {
    self.init(
      network, try Dataset(measured.problem.dataset, paths: measured.dataPaths),
      measured.measurement)
  }
}

extension PathTable {
  /// The table of what was found, written where `request` says.
  init(_ result: any MeasuredPath, of request: InterpolateRequest) throws {
    self.init(result: result, measurement: request.measured.measurement)
    if let path = request.table { try OutputFile.write(csv, to: path) }
  }
}
