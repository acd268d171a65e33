import Laboratory
import Randomness
import Recipes
import Suites

/// One artifact that a curve suite's report reads.
struct CurveCell: AnalysisCell {
  /// What the artifact holds.
  enum Content: Hashable, Sendable {
    /// Error and loss along the path.
    case points
    /// How the path's bends were trained.
    case training
    /// Error and loss in its plane.
    case plane
  }

  /// Which network.
  let network: Subnetwork
  /// Number of the replicate, from 1.
  let replicate: Int
  /// The path's name.
  let path: String
  /// What the artifact holds.
  let content: Content
  /// The artifact.
  let key: Key

  var keys: [Key] { [key] }
  var place: RunPlace { RunPlace(replicate: replicate) }
}

extension CurveDesign {
  /// Two ends per network, the segment and every curve between them, and in the first replicate the planes of
  /// curves with a single bend.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [CurveCell] {
    try networks.flatMap { network in
      let ends = try replicate.family(
        of: 2, from: ends, methods.first { $0.name == network.method }, network.density,
        sharing: masks, in: &builder)
      let joining = Joining(
        suite: replicate.suite, design: self, network: network, replicate: replicate.replicate,
        start: ends[0], end: ends[1])
      return try paths.flatMap { try joining.add($0, to: &builder) }
    }
  }
}

/// The paths between two networks.
private struct Joining {
  let suite: Suite
  let design: CurveDesign
  let network: Subnetwork
  let replicate: Int
  let start, end: FamilyMember

  private var ends: [String: Key] {
    [InputRole.start: start.training, InputRole.end: end.training]
  }

  func add(_ path: CurveDesign.NamedCurve, to builder: inout PlanBuilder) throws -> [CurveCell] {
    func cell(_ content: CurveCell.Content, _ key: Key) -> CurveCell {
      CurveCell(
        network: network, replicate: replicate, path: path.name, content: content, key: key)
    }
    let points = label("points of \(path.name)")
    guard path.shape.bends > 0 else {
      let recipe = design.measurement.segment(
        of: suite, points: design.points, parent: start.parent?.weights)
      let inputs = ends.merging(start.parent?.inputs ?? [:]) { $1 }
      return [cell(.points, try builder.add(recipe, inputs: inputs, label: points))]
    }
    let curve = try addCurve(path, to: &builder)
    let recipe = CurvePointsRecipe(
      problem: suite.problem, shape: path.shape, iteration: suite.duration, points: design.points,
      measurement: design.measurement.measurement(of: suite), precision: suite.precision)
    let inputs = ends.merging([InputRole.curve: curve]) { $1 }
    var cells = [
      cell(.training, curve),
      cell(.points, try builder.add(recipe, inputs: inputs, label: points)),
    ]
    if let grid = design.grid, path.shape.bends == 1, replicate == 1 {
      let last = PlaneRecipe.Corner.checkpoint(iteration: suite.duration)
      let key = try builder.add(
        grid.recipe(of: suite, corners: [last, last, .bend(1)], design.measurement),
        inputs: Dictionary(
          uniqueKeysWithValues: zip(InputRole.corners, [start.training, end.training, curve])),
        label: label("plane of \(path.name)"))
      cells.append(cell(.plane, key))
    }
    return cells
  }

  private func addCurve(_ path: CurveDesign.NamedCurve, to builder: inout PlanBuilder) throws -> Key
  {
    var inputs = ends
    inputs[InputRole.startMask] = start.mask
    inputs[InputRole.endMask] = end.mask
    let streams = CurveRecipe.streams(seed: suite.seed, replicate: replicate, shape: path.shape)
    let recipe = CurveRecipe(
      problem: suite.problem, shape: path.shape, iteration: suite.duration,
      training: design.training, order: streams / "order", positions: streams / "positions",
      precision: suite.precision)
    return try builder.add(recipe, inputs: inputs, label: label("curve \(path.name)"))
  }

  private func label(_ what: String) -> String {
    "\(what) · \(network.words) · replicate \(replicate)"
  }
}
