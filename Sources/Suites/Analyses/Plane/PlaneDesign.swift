package import Laboratory
import Recipes

/// Which three networks span a plane, and what is measured in it.
package struct PlaneDesign: Hashable, Sendable {
  /// Where the networks come from.
  package let networks: NetworkOrigin
  /// The grid.
  package let grid: PlaneGrid
  /// What is measured at each point, under one policy.
  package let measurement: MeasurementDesign
}

/// One plane.
package struct PlaneCell: Hashable, Sendable {
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The plane.
  package let key: Key
}

extension Field {
  /// Reads the fields that a plane suite has beyond those of every suite.
  func planeDesign(_ frame: SuiteFrame) -> PlaneDesign? {
    guard let fields = fields(PlaneKey.self, beside: nil) else { return nil }
    let networks = fields[.networks].map { $0.networkOrigin(frame) } ?? .independent
    let measurement = frame.recomputedMeasurement(
      trainingExamples: fields[.trainingExamples], statistics: fields[.batchNorm],
      statisticsExamples: fields[.statisticsExamples])
    if measurement.statistics.count > 1 {
      fields[.batchNorm]?.report(
        .unexpected(found: "several policies", expected: "one, recompute or interpolate"))
    }
    let grid = PlaneGrid(reading: fields[.side], fields[.margin])
    return networks.map { PlaneDesign(networks: $0, grid: grid, measurement: measurement) }
  }
}

extension AnalysisPlan where Cell == PlaneCell {
  /// Three networks per replicate and the plane through them.
  init(expanding suite: Suite, _ design: PlaneDesign) throws {
    var (builder, cells) = (PlanBuilder(), [PlaneCell]())
    for replicate in 1...suite.replicates {
      let members = try NetworkFamily(
        suite: suite, origin: design.networks, sharing: .shared, replicate: replicate, count: 3
      ).add(nil, .one, to: &builder)
      let recipe = PlaneRecipe(
        problem: suite.problem,
        corners: members.map { _ in .checkpoint(iteration: suite.duration) },
        side: design.grid.side, margin: design.grid.margin,
        measurement: design.measurement.measurement(of: suite).underOnePolicy,
        precision: suite.precision)
      let key = try builder.add(
        recipe,
        inputs: Dictionary(uniqueKeysWithValues: zip(InputRole.corners, members.map(\.training))),
        label: "plane · replicate \(replicate)")
      cells.append(PlaneCell(replicate: replicate, key: key))
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }

  /// Trainings that a runner which shares nothing would do.
  func unsharedTrainings(_ design: PlaneDesign) -> Int {
    cells.count * design.networks.unsharedTrainings(3, nil, .shared)
  }
}
