package import Laboratory
import Randomness
import Recipes
package import Suites

/// One artifact that a curve suite's report reads.
package struct CurveCell: Hashable, Sendable {
  /// What the artifact holds.
  package enum Content: Hashable, Sendable {
    /// Error and loss along the path.
    case points
    /// How the path's bends were trained.
    case training
    /// Error and loss in its plane.
    case plane
  }

  /// Which network.
  package let network: Subnetwork
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The path's name.
  package let path: String
  /// What the artifact holds.
  package let content: Content
  /// The artifact.
  package let key: Key
}

extension AnalysisPlan where Cell == CurveCell {
  /// Two ends per replicate and network, the segment and every curve between them, and in the first replicate
  /// the planes of curves with a single bend.
  init(expanding suite: Suite, _ design: CurveDesign) throws {
    var (builder, cells) = (PlanBuilder(), [CurveCell]())
    for replicate in 1...suite.replicates {
      let family = NetworkFamily(
        suite: suite, origin: design.ends, sharing: design.masks, replicate: replicate, count: 2)
      for network in design.networks {
        let ends = try family.add(
          design.methods.first { $0.name == network.method }, network.density, to: &builder)
        let joining = Joining(
          suite: suite, design: design, network: network, replicate: replicate, start: ends[0],
          end: ends[1])
        for path in design.paths { cells += try joining.add(path, to: &builder) }
      }
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}

/// The paths between two networks.
private struct Joining {
  let suite: Suite
  let design: CurveDesign
  let network: Subnetwork
  let replicate: Int
  let start, end: NetworkFamily.Member

  private var measurement: PointMeasurement { design.measurement.measurement(of: suite) }

  func add(_ path: CurveDesign.NamedCurve, to builder: inout PlanBuilder) throws -> [CurveCell] {
    var cells: [CurveCell] = []
    func cell(_ content: CurveCell.Content, _ key: Key) {
      cells.append(
        CurveCell(
          network: network, replicate: replicate, path: path.name, content: content, key: key))
    }
    var inputs = [InputRole.start: start.training, InputRole.end: end.training]
    guard path.shape.bends > 0 else {
      let recipe = SegmentRecipe(
        problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
        points: design.points, measurement: measurement, parent: start.parent?.weights,
        precision: suite.precision)
      inputs.merge(start.parent?.inputs ?? [:]) { $1 }
      cell(.points, try builder.add(recipe, inputs: inputs, label: label("points of \(path.name)")))
      return cells
    }
    let curve = try addCurve(path, to: &builder)
    inputs[InputRole.curve] = curve
    cell(.training, curve)
    let recipe = CurvePointsRecipe(
      problem: suite.problem, shape: path.shape, iteration: suite.duration, points: design.points,
      measurement: measurement, precision: suite.precision)
    cell(
      .points,
      try builder.add(
        recipe, inputs: inputs, label: label("points of \(path.name)")))
    if let grid = design.grid, path.shape.bends == 1, replicate == 1 {
      let recipe = PlaneRecipe(
        problem: suite.problem,
        corners: [
          .checkpoint(iteration: suite.duration), .checkpoint(iteration: suite.duration), .bend(1),
        ], side: grid.side, margin: grid.margin, measurement: measurement.underOnePolicy,
        precision: suite.precision)
      cell(
        .plane,
        try builder.add(
          recipe,
          inputs: Dictionary(
            uniqueKeysWithValues: zip(InputRole.corners, [start.training, end.training, curve])),
          label: label("plane of \(path.name)")))
    }
    return cells
  }

  private func addCurve(_ path: CurveDesign.NamedCurve, to builder: inout PlanBuilder) throws -> Key
  {
    var inputs = [InputRole.start: start.training, InputRole.end: end.training]
    inputs[InputRole.startMask] = start.mask
    inputs[InputRole.endMask] = end.mask
    let streams = CurveRecipe.streams(seed: suite.seed, replicate: replicate, shape: path.shape)
    let recipe = CurveRecipe(
      problem: suite.problem, shape: path.shape, iteration: suite.duration,
      training: design.training, order: streams / "order", positions: streams / "positions",
      precision: suite.precision)
    return try builder.add(
      recipe, inputs: inputs, label: label("curve \(path.name)"))
  }

  private func label(_ what: String) -> String {
    "\(what) · \(network.words) · replicate \(replicate)"
  }
}
