import Recipes
import Statistics
import Suites
import Wording

/// What an anatomy report says beyond its rows.
struct AnatomySettings: Hashable, Codable, Sendable {
  /// Masks that an ablation makes.
  struct Ablated: Hashable, Codable, Sendable {
    /// What they are called.
    let name: String
    /// Whose masks are ablated.
    let method: String
    /// What acts on them.
    let ablation: String
    /// Whether it draws masks anew within layers, so that they share with others what chance gives.
    let isShuffled: Bool
  }

  /// How masks of different networks are aligned.
  struct Alignment: Hashable, Codable, Sendable {
    /// The weights that are matched, in words.
    let weights: String
    /// Coordinate ascents, of which the best is kept, and controls.
    let attempts, draws: Int
  }

  /// How many masks are looked at.
  let masks: Int
  /// The method that prunes at random, whose masks share with others what chance gives; `nil` for none.
  let random: String?
  /// The suite's, in its order.
  let densities: [Density]
  /// Ablations of methods' masks.
  let ablated: [Ablated]
  /// The ladder of the tickets in words; `nil` for none.
  let tickets: String?
  /// How masks of different networks are aligned; `nil` where they are not.
  let alignment: Alignment?
  /// Whether no hidden units can change places although that was asked for.
  let unitsAreFixed: Bool
}

extension AnatomyDesign {
  func settings(_ suite: Suite, _ plan: AnalysisPlan<AnatomyCell>) -> AnatomySettings {
    AnatomySettings(
      masks: plan.cells.count { $0.mask != nil },
      random: methods.first(where: \.prunesAtRandom)?.name, densities: densities,
      ablated: ablated.map { ablated in
        AnatomySettings.Ablated(
          name: ablated.name, method: ablated.method, ablation: ablated.combination.name,
          isShuffled: ablated.combination.contains(.shuffle))
      }, tickets: tickets?.words,
      alignment: alignment.map {
        AnatomySettings.Alignment(
          weights: $0.weights.words, attempts: $0.attempts, draws: $0.draws)
      }, unitsAreFixed: unitsAreFixed)
  }

  func rows(_ suite: Suite, _ cells: [AnatomyCell], _ records: Records) throws -> [AnatomyRow] {
    let own = NetworkCost(of: suite.problem)
    let others = Dictionary(
      others.map { ($0.name, NetworkCost(of: $0.problem)) }, uniquingKeysWith: { $1 })
    return try cells.flatMap { cell in
      if let moment = cell.moment {
        let weights: Outcome<WeightStatistics>? = try records.result(of: cell.key)
        var rows = try weights?.found.map { try AnatomyRow.rows(cell, moment, $0) } ?? []
        // Distributions, too, are drawn of the sparsest masks, beside the dense network.
        if ![.one, densities.min()].contains(cell.first.density) {
          for index in rows.indices { rows[index].weights.histogram = nil }
        }
        return rows
      }
      guard let mask = cell.mask else { return try AnatomyRow.rows(comparing: cell, records) }
      guard let structure: MaskStructure = try records.result(of: cell.key) else { return [] }
      let result: MaskResult? = try records.result(of: mask)
      return try structure.layers.enumerated().map { index, layer in
        var row = try AnatomyRow(cell, layer, effective: result?.audit.effective?[index])
        let dense = cell.network.flatMap { others[$0] } ?? own
        row.addCost(dense.layers.first { $0.name == layer.name })
        // Pictures are drawn of the sparsest masks.
        if cell.network == nil, let inputs = layer.inputs, cell.first.density == densities.min() {
          row.inputsKept = KeptInputs(shape: suite.problem.dataset.source.shape, counts: inputs)
        }
        return row
      }
    }
  }

  static func report(_ rows: [AnatomyRow], _ terms: Terms<AnatomySettings>) throws
    -> [ReportSection]
  {
    let networks = rows.compactMap(\.network).distinct
    guard networks.isEmpty else { return try AnatomyNetworks(rows, terms).sections(terms) }
    let masks = try AnatomyMasks(rows, terms.settings)
    let aligned = AnatomyAlignments(rows, masks)
    let weights = try AnatomyWeightTable(rows)
    let scores = AnatomyScores(rows)
    return [
      try masks.answerSection(terms, scores, aligned, weights), masks.matrixSection,
      masks.overlapSection, masks.agreementSection,
      try scores.section(terms.methods), masks.ablationSection(terms.settings),
      aligned.isEmpty ? masks.seedSection(terms.settings) : aligned.section(terms.settings),
      masks.nestingSection, masks.allocationSection, masks.structureSection, masks.inputSection,
      masks.costSection, weights.distributionSection, weights.movementSection,
      weights.spectrumSection,
      .provenance(terms, terms.settings.tickets.map { [Fact("tickets", $0)] } ?? []),
    ]
  }
}

extension TrainingPoint {
  fileprivate var words: String {
    switch self {
    case .step(.zero): "at initialization"
    case .step(let step): "after \(step)"
    case .last: "after training"
    }
  }
}

extension AnatomyTickets {
  /// The ladder.
  fileprivate var words: String {
    let start = rewind == .zero ? "initialization" : "step \(rewind)"
    return "\(ladder.ranking.criterion.words), "
      + "\(ladder.schedule.rawValue), levels of density \(ladder.kept) of the one before, rewound to \(start)"
  }
}

extension AnatomyRow {
  init(_ cell: AnatomyCell, layer: String, size: Int, kept: Int) {
    network = cell.network
    (method, density, replicate) = (cell.first.method, cell.first.density, cell.first.replicate)
    otherMethod = cell.second?.method
    otherDensity = cell.second?.density
    otherReplicate = cell.second?.replicate
    (self.layer, self.size, self.kept) = (layer, size, kept)
  }

  /// What two masks share of a layer.
  private init(_ cell: AnatomyCell, _ layer: MaskOverlap.Layer) {
    self.init(cell, layer: layer.name, size: layer.size, kept: layer.first)
    relation = cell.relation
    (otherKept, both) = (layer.second, layer.both)
  }

  /// What records have of two that are compared.
  fileprivate static func rows(comparing cell: AnatomyCell, _ records: Records) throws
    -> [AnatomyRow]
  {
    switch cell.relation {
    case .overlap:
      let overlap: MaskOverlap? = try records.result(of: cell.key)
      return (overlap?.layers ?? []).map { AnatomyRow(cell, $0) }
    case .scores:
      let correlation: ScoreCorrelation? = try records.result(of: cell.key)
      return (correlation?.parts ?? []).map { part in
        var row = AnatomyRow(cell, layer: part.name, size: part.size, kept: part.size)
        (row.relation, row.spearman, row.kendall) = (.scores, part.spearman, part.kendall)
        return row
      }
    case .aligned, .alignedControl:
      let outcome: Outcome<AlignedOverlap>? = try records.result(of: cell.key)
      guard let overlap = outcome?.found else { return [] }
      let layers = overlap.found.layers
      let controls = overlap.controls.enumerated().flatMap { index, shared in
        zip(layers, shared).map { layer, both in
          var row = AnatomyRow(cell, layer)
          (row.relation, row.draw, row.both) = (.alignedControl, index + 1, both)
          return row
        }
      }
      return layers.map { AnatomyRow(cell, $0) } + controls
    }
  }

  /// How the kept weights of a layer lie.
  fileprivate init(_ cell: AnatomyCell, _ layer: MaskStructure.Layer, effective: Int?) throws {
    let kernel = layer.positions.count
    let (outputs, inputs) = (layer.shape[0], layer.shape[1])
    self.init(
      cell, layer: layer.name, size: outputs * inputs * kernel, kept: layer.kept)
    self.effective = effective
    // Each group of a convolution reads inputs of its own.
    let read = layer.outgoing.units.reduce(0, +)
    (units, self.inputs) = (outputs, read)
    (deadUnits, deadInputs) = (layer.incoming.dead, layer.outgoing.dead)
    let incoming = try DegreeDispersionTest(
      values: layer.incoming.values, units: layer.incoming.units, slots: inputs * kernel)
    let outgoing = try DegreeDispersionTest(
      values: layer.outgoing.values, units: layer.outgoing.units,
      slots: outputs * inputs * kernel / read)
    (incomingDispersion, incomingP) = (incoming?.dispersion, incoming?.pValue)
    (outgoingDispersion, outgoingP) = (outgoing?.dispersion, outgoing?.pValue)
    if kernel > 1 {
      (kernels, emptyKernels) = (outputs * inputs, layer.emptyKernels)
      positionsKept = layer.positions
    }
  }
}
