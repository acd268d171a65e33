import Laboratory
import Randomness
import Recipes
import Suites

/// When weights are looked at.
enum AnatomyMoment: String, CaseIterable, Codable {
  /// Before training.
  case start
  /// After it.
  case end
}

/// Which weights are told apart.
enum AnatomyGroup: String, CaseIterable {
  case kept, pruned
}

/// What is asked of weights, beside where masks lie.
struct AnatomyWeights: Hashable, Sendable {
  /// In the suite's order.
  let moments: [AnatomyMoment]
  /// Whether singular values are computed.
  let spectra: Bool
}

extension Fields<AnatomyKey> {
  /// Reads `weights:` and `spectra:`; `nil` after noting what is wrong, and `nil` inside where nothing is asked.
  func anatomyWeights(_ frame: SuiteFrame) -> AnatomyWeights?? {
    let spectra = self[.spectra].map { $0.flag() } ?? false
    guard let field = self[.weights] else {
      guard let stated = self[.spectra] else { return .some(nil) }
      stated.report(
        .inapplicable(
          owner: "a suite that looks at masks alone", remedy: "add `weights: [start]`, or remove it"
        ))
      return nil
    }
    let moments = field.nonEmpty("a list of moments, such as [start, end]") {
      $0.name("moment", as: AnatomyMoment.self)
    }
    guard let moments, let spectra else { return nil }
    if moments.contains(.end) {
      guard frame.dataset?.hasExamples != false else {
        field.report(
          .inapplicable(
            owner: "`dataset: none`, which has no examples to train on",
            remedy: "name a dataset, or write `weights: [start]`"))
        return nil
      }
      frame.requireTraining(for: field)
    }
    return AnatomyWeights(moments: moments, spectra: spectra)
  }
}

extension AnatomyDesign {
  /// Cells of weights of one replicate: those of the dense network, and those under every mask.
  var weightCellsPerReplicate: Double {
    SuiteSize.product(
      weights?.moments.count ?? 0, densities.count * (names.count + ablated.count) + 1)
  }

  /// The dense network's weights, beside which those under masks are told.
  func denseWeightCells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws
    -> [AnatomyCell]
  {
    try weightCells(
      AnatomyCell.Place(method: Method.dense, density: .one, replicate: replicate.replicate),
      along: replicate.dense, replicate, in: &builder)
  }

  /// The weights of `method` under its mask.
  func weightCells(
    _ place: AnatomyCell.Place, of method: Method, under mask: Key, _ replicate: ScoredReplicate,
    in builder: inout PlanBuilder
  ) throws -> [AnatomyCell] {
    // A walk may add the training that it starts from.
    guard weights != nil else { return [] }
    return try weightCells(
      place,
      along: replicate.walk(
        of: method, under: mask, words: replicate.words(method.name, .none, place.density),
        in: &builder), replicate, in: &builder)
  }

  /// The weights of a ticket, which goes on from step `rewind`.
  func weightCells(
    _ place: AnatomyCell.Place, from rewind: Int, _ order: StreamPath, under mask: Key,
    _ replicate: ScoredReplicate, in builder: inout PlanBuilder
  ) throws -> [AnatomyCell] {
    guard weights != nil else { return [] }
    return try weightCells(
      place,
      along: replicate.walk(
        from: rewind, order: order, under: mask,
        words: replicate.words(place.method, .none, place.density), in: &builder), replicate,
      in: &builder)
  }

  /// The weights where `walk` starts, and where it ends, each as asked; nothing is trained for its start.
  private func weightCells(
    _ place: AnatomyCell.Place, along walk: PlannedWalk, _ replicate: ScoredReplicate,
    in builder: inout PlanBuilder
  ) throws -> [AnatomyCell] {
    guard let weights else { return [] }
    return try weights.moments.map { moment in
      var inputs = walk.inputs
      if moment == .end { inputs[InputRole.end] = try walk.state(in: &builder) }
      let words = replicate.words(place.method, .none, place.density)
      let key = try builder.add(
        WeightStatisticsRecipe(
          problem: replicate.suite.problem, start: walk.recipe.start,
          endIteration: moment == .end ? walk.end : nil, spectra: weights.spectra),
        inputs: inputs, label: "weights \(words) · \(moment) · replicate \(place.replicate)")
      return AnatomyCell(first: place, second: nil, key: key, mask: nil, moment: moment)
    }
  }
}
