import Connectivity
import Datasets
import Foundation
import Networks
import Recipes
import Tensors

extension Tool {
  /// Measures the segment between two files' weights, and returns a table of it.
  static func interpolate(_ request: InterpolateRequest) throws -> String {
    try Engine.prepareWorker()
    let source = request.problem.dataset.source
    let network = try Network(
      checking: request.problem.network, input: source.shape, classes: source.classes)
    let ends = try Endpoints.read(
      [request.start, request.end].map { URL(fileURLWithPath: $0) }, for: network,
      mask: request.mask.map { URL(fileURLWithPath: $0) },
      allowsOtherMasks: request.allowsOtherMasks)
    let dataset = try Dataset(request.problem.dataset, paths: request.dataPaths)
    let table = PathTable(
      result: try PointEvaluator(network, dataset, request.measurement)
        .interpolate(from: ends[0], to: ends[1], points: request.points),
      measurement: request.measurement)
    if let output = request.output { try OutputFile.write(table.csv, to: output) }
    return table.text
  }
}
