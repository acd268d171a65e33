import Connectivity
import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Wording

extension Tool {
  /// Relabels the units of one file's weights to come near another's, and tells what moved.
  static func align(_ request: AlignRequest, _ names: FileNames) throws -> String {
    try Engine.prepareWorker()
    let files = [request.start, request.end].map { URL(fileURLWithPath: $0) }
    let network = try Network(
      checking: request.network, input: request.input,
      classes: try BatchFile.classes(
        inWeights: files[0], of: request.network, on: request.input, names))
    let ends = try Endpoints.read(files, for: network, allowsOtherMasks: true, names: names)
    var mask: Mask?
    if let path = request.mask {
      let file = URL(fileURLWithPath: path)
      // Throws where the mask is not the weights'.
      _ = try Endpoints.read([files[1]], for: network, mask: file, names: names)
      mask = try Mask(readingFrom: file, for: network, names: names)
    }
    let matching = try WeightMatching(
      network, of: ends[1], to: ends[0], attempts: request.attempts,
      stream: StreamPath(seed: request.seed) / "matching")
    try matching.aligned.write(to: URL(fileURLWithPath: request.output))
    if let output = request.maskOutput {
      try mask?.permuted(by: matching.permutations, matching.symmetry, in: network)
        .write(to: URL(fileURLWithPath: output))
    }
    let found = try AlignmentResult(matching, of: ends[1], to: ends[0])
    func digits(_ number: Double) -> String { Format.significant(number, digits: 6) }
    return """
      \(request.end) with its units in the order of \(request.start)'s in \(request.output)
      L2 distance      \(digits(found.distanceBefore)) before, \(digits(found.distanceAfter)) after
      inner product    \(digits(found.objectives.first!)) before, \
      \(digits(found.objectives.last!)) after \(found.objectives.count - 1) steps
      moved            \(found.moved) of \(found.units) units
      """
        + found.groups.map { "\n  \($0.name): \($0.moved) of \($0.size)" }.joined()
        + (matching.symmetry.held.isEmpty ? "" : "\n  \(matching.symmetry.held)")
  }
}
