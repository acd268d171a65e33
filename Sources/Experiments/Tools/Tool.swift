import Ablations
import Datasets
import Foundation
import Networks
import Pruning
import Randomness
package import Recipes
import Tensors
import Training

/// Work on the user's own files, outside of any suite and store.
package enum Tool {
  /// Does what `request` asks and returns the text to print.
  ///
  /// - Parameters:
  ///   - renames: what the user says of names in files.
  ///   - tell: is told, before anything is computed, which tensors were matched by shape.
  package static func run(
    _ request: ToolRequest, renames: [Rename] = [], tell: @escaping (String) -> Void
  ) throws -> String {
    let names = FileNames(renames: renames, files: request.files, tell: tell)
    return switch request {
    case .score(let request): try score(request, names)
    case .mask(let request): try mask(request)
    case .weights(let request): try weights(request)
    case .inspect(let request): try inspect(request)
    case .statistics(let request): try statistics(request)
    case .compare(let request): try json(MaskSetCounts(request))
    case .align(let request): try align(request, names)
    case .interpolate(let request): try interpolate(request, names)
    case .curve(let request): try curve(request, names)
    case .plane(let request): try plane(request, names)
    case .requireDevice(let device): try require(device)
    }
  }

  private static func require(_ device: DeviceKind) throws -> String {
    try device.device.require()
    return "there is a device '\(device.rawValue)'"
  }

  private static func inspect(_ request: InspectRequest) throws -> String {
    let file = URL(fileURLWithPath: request.path)
    guard let mask = request.mask else {
      let inspection = try Inspection(of: file, nanIsPruned: request.nanIsPruned)
      return request.isJSON ? try json(inspection) : inspection.table
    }
    let check = try MaskCheck(
      of: file, against: URL(fileURLWithPath: mask), nanIsPruned: request.nanIsPruned)
    return request.isJSON ? try json(check) : check.text
  }

  private static func statistics(_ request: StatisticsRequest) throws -> String {
    try Engine.prepareWorker()
    let inspection = try StatisticsInspection(request)
    return request.isJSON ? try json(inspection) : inspection.text
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func score(_ request: ScoreRequest, _ names: FileNames) throws -> String {
    try Engine.prepareWorker()
    let batch = try BatchFile(readingFrom: URL(fileURLWithPath: request.batch))
    let file = URL(fileURLWithPath: request.weights)
    let network = try Network(
      checking: request.network, input: batch.shape,
      classes: try BatchFile.classes(inWeights: file, of: request.network, on: batch.shape, names))
    let weights = try Weights(readingFrom: file, for: network, names: names)
    try batch.checkLabels(below: network.classes)
    let scores = try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network),
      batches: [batch.batch], mode: request.mode,
      path: StreamPath(seed: request.seed) / "scores",
      folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    ).scores(by: request.criterion)
    try scores.write(to: URL(fileURLWithPath: request.output))
    return "scores of \(scores.layers.count) tensors in \(request.output)"
  }

  private static func mask(_ request: MaskRequest) throws -> String {
    try Engine.prepareWorker()
    let scores = try Scores(readingFrom: URL(fileURLWithPath: request.scores), for: nil)
    guard
      scores.layers.contains(where: {
        $0.scores.count > 0 && !request.excluded.contains($0.name)
      })
    else { throw PruningError.nothingToRank(source: request.scores) }
    let whole = Mask(
      layers: scores.layers.map {
        Mask.Layer(
          name: $0.name, shape: $0.scores.shape,
          kept: [UInt8](repeating: 1, count: $0.scores.count))
      })
    let pruning = IterativePruning(
      schedule: .oneShot, density: request.density, scope: request.scope,
      excluded: request.excluded)
    func ranked(_ keeping: IterativePruning.Keeping) throws -> (
      mask: Mask, ranking: MaskResult.Ranking
    ) {
      try pruning.run(from: whole, keeping: keeping) { _, _ in scores }
    }
    let (chosen, ranking) = try ranked(
      request.selection.keeping(counts: try ranked(.highest).ranking.iterations))
    let mask = request.changes.reduce(chosen) { mask, change in
      MaskChange.named(change.name).act(mask, StreamPath(seed: request.seed) / change.name)
    }
    try mask.write(to: URL(fileURLWithPath: request.output))
    return """
      kept \(mask.keptCount) of \(mask.layers.reduce(0) { $0 + $1.kept.count }) weights in \
      \(request.output); \(ranking.zeroScores) scores are zero, \(ranking.ties) equal the threshold
      """
  }

  private static func weights(_ request: WeightsRequest) throws -> String {
    try Engine.prepareWorker()
    let network = try Network(
      checking: request.network, input: request.input, classes: request.classes)
    let weights = try Weights(
      initializing: network, with: request.initializer,
      path: StreamPath(seed: request.seed) / "initialization")
    try weights.write(to: URL(fileURLWithPath: request.output))
    return "\(network.specification) of seed \(request.seed) in \(request.output)"
  }
}

extension ToolRequest {
  /// The weights and masks that are read together.
  fileprivate var files: [URL] {
    let paths: [String?] =
      switch self {
      case .align(let request): [request.start, request.end, request.mask]
      case .interpolate(let request): [request.start, request.end, request.mask]
      case .curve(let request):
        [request.segment.start, request.segment.end, request.segment.mask]
      case .plane(let request): request.weights
      case .score, .mask, .weights, .inspect, .statistics, .compare, .requireDevice: []
      }
    return paths.compactMap(\.self).map { URL(fileURLWithPath: $0) }
  }
}
