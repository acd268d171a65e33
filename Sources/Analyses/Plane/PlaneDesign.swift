package import Laboratory
import Recipes
package import Suites

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

extension PlaneDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "plane",
      question: "What lies between three trained networks?",
      keys: PlaneKey.allCases.map(\.rawValue), needs: .training)
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(PlaneKey.self, beside: nil) else { return nil }
    let networks = fields[.networks].map { $0.networkOrigin(frame) } ?? .independent
    let measurement = frame.recomputedMeasurement(
      trainingExamples: fields[.trainingExamples], statistics: fields[.batchNorm],
      statisticsExamples: fields[.statisticsExamples])
    if measurement.statistics.count > 1 {
      fields[.batchNorm]?.report(
        .unexpected(found: "several policies", expected: "one, recompute or interpolate"))
    }
    let grid = PlaneGrid(reading: fields[.side], fields[.margin])
    guard let networks else { return nil }
    self.init(networks: networks, grid: grid, measurement: measurement)
  }

  package var runsPerReplicate: Double { 1 }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<PlaneCell> {
    try AnalysisPlan(expanding: suite, self)
  }

  package func unsharedTrainings(_ cells: [PlaneCell]) -> Int? {
    cells.count * networks.unsharedTrainings(3, nil, .shared)
  }
}

extension PlaneCell: AnalysisCell {
  package var keys: [Key] { [key] }
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
}
