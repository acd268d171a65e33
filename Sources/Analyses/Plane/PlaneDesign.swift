import Laboratory
import Recipes
import Suites

/// Further keys of a plane suite.
enum PlaneKey: String, MeasurementKey {
  case networks, side, margin
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
}

/// Which three networks span a plane, and what is measured in it.
struct PlaneDesign: Hashable, Sendable {
  /// Where the networks come from.
  let networks: NetworkOrigin
  /// The grid.
  let grid: PlaneGrid
  /// What is measured at each point, under one policy.
  let measurement: MeasurementDesign
}

/// One plane.
struct PlaneCell: AnalysisCell {
  /// Number of the replicate, from 1.
  let replicate: Int
  /// The plane.
  let key: Key

  var keys: [Key] { [key] }
  var place: RunPlace { RunPlace(replicate: replicate) }
}

extension PlaneDesign: Analysis {
  static let about = AboutAnalysis(
    name: "plane", question: "What lies between three trained networks?",
    measure: "loss and error on the affine plane through three networks",
    source: "Garipov et al., NeurIPS 2018, section A.1", keys: PlaneKey.names,
    needs: [.training, .classes])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(PlaneKey.self, beside: nil) else { return nil }
    let networks = fields[.networks].map { $0.networkOrigin(frame) } ?? .independent
    let measurement = fields.measurement(frame, usual: [.recomputed])
    if measurement.statistics.count > 1 {
      fields[.batchNorm]?.report(
        .unexpected(found: "several policies", expected: "one, recompute or interpolate"))
    }
    let grid = PlaneGrid(reading: fields[.side], fields[.margin])
    guard let networks else { return nil }
    self.init(networks: networks, grid: grid, measurement: measurement)
  }

  var runsPerReplicate: Double { 1 }

  func unsharedTrainings(_ cells: [PlaneCell]) -> Int? {
    cells.count * networks.unsharedTrainings(3, nil, .shared)
  }

  /// Three networks and the plane through them.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [PlaneCell] {
    let (suite, number) = (replicate.suite, replicate.replicate)
    let members = try replicate.family(of: 3, from: networks, in: &builder)
    let key = try builder.add(
      grid.recipe(
        of: suite, corners: members.map { _ in .checkpoint(iteration: suite.duration) },
        measurement),
      inputs: Dictionary(uniqueKeysWithValues: zip(InputRole.corners, members.map(\.training))),
      label: "plane · replicate \(number)")
    return [PlaneCell(replicate: number, key: key)]
  }
}
