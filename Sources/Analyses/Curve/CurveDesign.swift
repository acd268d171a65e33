import Recipes
import Suites

/// Further keys of a curve suite.
enum CurveKey: String, MeasurementKey {
  case ends, curves, points, ensembles, plane, densities, methods, masks
  case curveTraining = "curve-training"
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
  case connectedBelow = "connected-below"
}

/// Keys below a curve suite's `plane:`.
enum PlaneGridKey: String, SuiteKey {
  case side, margin
}

extension SuiteName {
  /// What a curve may be.
  enum CurveShape: String, CaseIterable {
    case bezier, chain
  }
}

/// Which networks are joined by which curves, and what is measured on them.
struct CurveDesign: Hashable, Sendable {
  /// A curve under its name.
  struct NamedCurve: Hashable, Codable, Sendable {
    /// The user's name for it.
    let name: String
    /// How it runs.
    let shape: CurveShape
  }

  /// Where the ends come from.
  let ends: NetworkOrigin
  /// Densities of sparse networks; empty where only dense ones are asked about.
  let densities: [Density]
  /// Methods that find their masks.
  let methods: [Method]
  /// Whose masks they have.
  let masks: MaskSharing
  /// Curves in the suite's order.
  let curves: [NamedCurve]
  /// How bends are trained.
  let training: TrainingSpecification
  /// Points of every path.
  let points: Int
  /// What is measured at each.
  let measurement: MeasurementDesign
  /// Whether ensembles of points are told.
  let ensembles: Bool
  /// The grid in the plane through the ends and a single bend; `nil` for none.
  let grid: PlaneGrid?
  /// Points of error that a path may rise above the worse end and still connect.
  let connectedBelow: Double

  /// The name of the straight path.
  static let segment = "segment"

  /// Every network asked about, the dense one first.
  var networks: [Subnetwork] {
    [.dense]
      + methods.flatMap { method in
        densities.map { Subnetwork(method: method.name, density: $0) }
      }
  }

  /// All paths, the segment first.
  var paths: [NamedCurve] { [NamedCurve(name: Self.segment, shape: .segment)] + curves }
}

extension CurveDesign: Analysis {
  static let about = AboutAnalysis(
    name: "curve", question: "Are two trained networks joined by a path of low error?",
    measure:
      "the highest error on a segment and on a Bézier curve whose bend is trained, against the mean of both ends",
    source: "Garipov et al., NeurIPS 2018", keys: CurveKey.names,
    needs: [.training, .replicates, .layers])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(CurveKey.self, beside: nil) else { return nil }
    let ends = fields[.ends].map { $0.networkOrigin(frame) } ?? .independent
    let (densities, methods) = frame.subnetworks(
      densities: fields[.densities], methods: fields[.methods], of: root)
    let masks = fields[.masks].map { $0.maskSharing(ends, methods ?? []) } ?? .shared
    let curves = fields.required(.curves, example: "curves: {bezier: {bezier: 1}}")?.curves()
    let training = fields.required(.curveTraining, example: "curve-training: {duration: 20ep}")?
      .curveTraining(frame)
    let points = fields[.points].map { $0.integer(3...10_001) } ?? 61
    let measurement = fields.measurement(frame, usual: [.recomputed])
    let ensembles = fields[.ensembles]?.flag() ?? true
    let grid = fields[.plane].map { $0.planeGrid() }
    if let field = fields[.plane], let curves, !curves.contains(where: { $0.shape.bends == 1 }) {
      field.report(
        .inapplicable(
          owner: "curves without a single bend, which lie in no plane",
          remedy: "add a curve of one bend, or remove it"))
    }
    let connectedBelow =
      fields[.connectedBelow].map {
        $0.number("points of error above 0 and up to 100") { $0 > 0 && $0 <= 100 }
      } ?? 2
    guard let ends, let densities, let methods, let masks, let curves, let training, let points,
      let connectedBelow
    else { return nil }
    self.init(
      ends: ends, densities: densities, methods: methods, masks: masks, curves: curves,
      training: training, points: points, measurement: measurement, ensembles: ensembles,
      grid: grid ?? nil, connectedBelow: connectedBelow)
  }

  var runsPerReplicate: Double {
    // Each curve is trained and measured, the segment measured.
    SuiteSize.product(networks.count, 2 * curves.count + 1)
  }

  func unsharedTrainings(_ cells: [CurveCell]) -> Int? {
    cells.filter { $0.content != .training }.reduce(0) { sum, cell in
      let method = methods.first { $0.name == cell.network.method }
      return sum + (cell.path == CurveDesign.segment ? 0 : 1)
        + ends.unsharedTrainings(2, method, masks)
    }
  }
}

extension Field {
  fileprivate func maskSharing(_ ends: NetworkOrigin?, _ methods: [Method]) -> MaskSharing? {
    let sharing = name("sharing of masks", as: MaskSharing.self)
    if methods.isEmpty {
      report(.inapplicable(owner: "dense networks", remedy: "add `methods:`, or remove it"))
    } else if case .children = ends, sharing == .own {
      report(
        .inapplicable(
          owner: "children of one network, which have its mask", remedy: "write `shared`"))
    }
    return sharing
  }

  fileprivate func curves() -> [CurveDesign.NamedCurve]? {
    named("curve", such: "{bezier: {bezier: 1}, chain: {chain: 1}}") { name, field in
      guard name != CurveDesign.segment else {
        field.reportTaken(name, by: "curve", "the straight segment is always there")
        return nil
      }
      return field.curveShape().map { CurveDesign.NamedCurve(name: name, shape: $0) }
    }
  }

  private func curveShape() -> CurveShape? {
    guard let (shape, options) = choice("shape of a curve", as: SuiteName.CurveShape.self) else {
      return nil
    }
    let bends = options.map { $0.integer(1...20) } ?? 1
    return bends.map { bends in
      switch shape {
      case .bezier: .bezier(bends: bends)
      case .chain: .chain(bends: bends)
      }
    }
  }

  /// Reads `curve-training:`, which has the keys of `training:` that concern the bends.
  fileprivate func curveTraining(_ frame: SuiteFrame) -> TrainingSpecification? {
    guard let training = training(frame.dataset) else { return nil }
    frame.checkBatches(of: training, at: self)
    let fields = fields(TrainingKey.self, beside: nil)
    fields?.reject(
      [.precision, .device, .evaluateEvery], for: "curves",
      remedy: "they compute as `training:` says and are evaluated at their end")
    if training.optimizer.descriptor.decaysApart {
      fields?[.optimizer]?.report(
        .inapplicable(
          owner: "curves, whose weight decay acts on their points", remedy: "write adam or sgd"))
      return nil
    }
    return training
  }

  /// Reads `plane:`, a grid, `true` for the default one, or `false` for none.
  fileprivate func planeGrid() -> PlaneGrid? {
    guard isMapping else {
      return flag() == true ? PlaneGrid(side: PlaneGrid.standard, margin: 0.2) : nil
    }
    guard let fields = fields(PlaneGridKey.self) else { return nil }
    return PlaneGrid(reading: fields[.side], fields[.margin])
  }
}
