import Recipes
import Statistics
import Suites
import Wording

/// What an anatomy report says beyond its rows.
struct AnatomySettings: Hashable, Codable, Sendable {
  /// How many masks are looked at.
  let masks: Int
  /// The method that prunes at random, whose masks share with others what chance gives; `nil` for none.
  let random: String?
}

extension AnatomyDesign {
  func settings(_ suite: Suite, _ plan: AnalysisPlan<AnatomyCell>) -> AnatomySettings {
    AnatomySettings(
      masks: plan.cells.count { $0.second == nil },
      random: methods.first(where: \.prunesAtRandom)?.name)
  }

  func rows(_ suite: Suite, _ cells: [AnatomyCell], _ records: Records) throws -> [AnatomyRow] {
    let dense = NetworkCost(of: suite.problem)
    return try cells.flatMap { cell in
      guard let mask = cell.mask else {
        let overlap: MaskOverlap? = try records.result(of: cell.key)
        return (overlap?.layers ?? []).map { AnatomyRow(cell, $0) }
      }
      guard let structure: MaskStructure = try records.result(of: cell.key) else { return [] }
      let result: MaskResult? = try records.result(of: mask)
      return try structure.layers.enumerated().map { index, layer in
        var row = try AnatomyRow(cell, layer, effective: result?.audit.effective[index])
        row.addCost(dense.layers.first { $0.name == layer.name })
        // Pictures are drawn of the sparsest masks.
        if let inputs = layer.inputs, cell.first.density == densities.min() {
          row.inputsKept = KeptInputs(shape: suite.problem.dataset.source.shape, counts: inputs)
        }
        return row
      }
    }
  }

  static func report(_ rows: [AnatomyRow], _ terms: Terms<AnatomySettings>) throws
    -> [ReportSection]
  {
    let masks = try AnatomyMasks(rows)
    return [
      masks.answerSection(terms), masks.matrixSection, masks.overlapSection, masks.seedSection,
      masks.nestingSection, masks.allocationSection, masks.structureSection, masks.inputSection,
      masks.costSection, .provenance(terms),
    ]
  }
}

extension AnatomyRow {
  private init(_ cell: AnatomyCell, layer: String, size: Int, kept: Int) {
    (method, density, replicate) = (cell.first.method, cell.first.density, cell.first.replicate)
    otherMethod = cell.second?.method
    otherDensity = cell.second?.density
    otherReplicate = cell.second?.replicate
    (self.layer, self.size, self.kept) = (layer, size, kept)
  }

  /// What two masks share of a layer.
  fileprivate init(_ cell: AnatomyCell, _ layer: MaskOverlap.Layer) {
    self.init(cell, layer: layer.name, size: layer.size, kept: layer.first)
    (otherKept, both) = (layer.second, layer.both)
  }

  /// How the kept weights of a layer lie.
  fileprivate init(_ cell: AnatomyCell, _ layer: MaskStructure.Layer, effective: Int?) throws {
    let kernel = layer.positions.count
    let (outputs, inputs) = (layer.shape[0], layer.shape[1])
    self.init(
      cell, layer: layer.name, size: outputs * inputs * kernel, kept: layer.kept)
    self.effective = effective
    (units, self.inputs) = (outputs, inputs)
    (deadUnits, deadInputs) = (layer.incoming.dead, layer.outgoing.dead)
    let incoming = try DegreeDispersionTest(
      values: layer.incoming.values, units: layer.incoming.units, slots: inputs * kernel)
    let outgoing = try DegreeDispersionTest(
      values: layer.outgoing.values, units: layer.outgoing.units, slots: outputs * kernel)
    (incomingDispersion, incomingP) = (incoming?.dispersion, incoming?.pValue)
    (outgoingDispersion, outgoingP) = (outgoing?.dispersion, outgoing?.pValue)
    if kernel > 1 {
      (kernels, emptyKernels) = (outputs * inputs, layer.emptyKernels)
      positionsKept = layer.positions
    }
  }
}
