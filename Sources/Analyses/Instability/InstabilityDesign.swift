import Laboratory
import Recipes
import Suites

/// Further keys of an instability suite.
enum InstabilityKey: String, MeasurementKey {
  case steps, orders, points, densities, ladder, methods
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
  case stableBelow = "stable-below"
}

/// Which children of one parent are joined by segments, and what counts as stable.
struct InstabilityDesign: Hashable, Sendable {
  /// Steps at which children part from the parent, in the suite's order.
  let steps: [Step]
  /// Children of every parent, each with its own order of examples; at least 2.
  let orders: Int
  /// Points of every segment.
  let points: Int
  /// What is measured at each.
  let measurement: MeasurementDesign
  /// Densities of sparse subnetworks; empty where only dense networks are asked about.
  let densities: [Density]
  /// Finds tickets at those densities, rewound to the step of parting; `nil` for none.
  let ladder: LotteryLadder?
  /// Methods that find subnetworks once for all steps.
  let methods: [Method]
  /// Points of error below which a network is stable.
  let stableBelow: Double

  /// The familywise error of each kind of claim.
  static let alpha = 0.05
  /// Confidence level of intervals: each end is a one-sided bound at α.
  static let level = 1 - 2 * alpha

  /// Every network asked about, the dense one first.
  var networks: [Subnetwork] {
    [.dense]
      + ((ladder == nil ? [] : [Subnetwork.ticket]) + methods.map(\.name)).flatMap { name in
        densities.map { Subnetwork(method: name, density: $0) }
      }
  }
}

/// One segment between two children.
struct InstabilityCell: AnalysisCell {
  /// Which network.
  let network: Subnetwork
  /// Number of the initialization, from 1.
  let replicate: Int
  /// The step at which the children part.
  let step: Step
  /// The same in optimizer steps.
  let iteration: Int
  /// Numbers of the children's orders, from 1, ascending.
  let first, second: Int
  /// The path.
  let key: Key
  /// Trainings that a runner would do for this segment alone.
  let unsharedTrainings: Int

  var keys: [Key] { [key] }
  var place: RunPlace { RunPlace(replicate: replicate) }
}

extension InstabilityDesign: Analysis {
  static let about = AboutAnalysis(
    name: "instability",
    question: "From which step on is training stable to the noise of its data order?",
    measure:
      "max over α of E(α w₁ + (1 − α) w₂) − (E(w₁) + E(w₂)) / 2, E the error, w₁ and w₂ trained from one network after k steps in two orders of the data",
    source: "Frankle, Dziugaite, Roy & Carbin, ICML 2020", keys: InstabilityKey.names,
    needs: [.training, .replicates, .classes])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(InstabilityKey.self, beside: nil) else { return nil }
    let steps = fields.required(.steps, example: "steps: [0it, 100it, 1ep]")?.partings(frame)
    let orders = fields[.orders].map { $0.integer(2...100) } ?? 3
    let points = fields[.points].map { $0.integer(2...10_001) } ?? PathPositions.standard
    let measurement = fields.measurement(frame)
    let (densities, ladder, methods) = root.subnetworks(fields, frame)
    let stableBelow =
      fields[.stableBelow].map {
        $0.number("points of error above 0 and up to 100") { $0 > 0 && $0 <= 100 }
      } ?? 2
    guard let steps, let orders, let points, let densities, let methods, let stableBelow else {
      return nil
    }
    self.init(
      steps: steps, orders: orders, points: points, measurement: measurement, densities: densities,
      ladder: ladder, methods: methods, stableBelow: stableBelow)
  }

  var runsPerReplicate: Double {
    SuiteSize.product(networks.count, steps.count, orders, orders - 1) / 2
  }

  func unsharedTrainings(_ cells: [InstabilityCell]) -> Int? {
    cells.reduce(0) { $0 + $1.unsharedTrainings }
  }
}

extension Field {
  fileprivate func subnetworks(_ fields: Fields<InstabilityKey>, _ frame: SuiteFrame)
    -> (densities: [Density]?, ladder: LotteryLadder?, methods: [Method]?)
  {
    guard fields[.densities] != nil || fields[.methods] != nil || fields[.ladder] != nil else {
      return ([], nil, [])
    }
    let ladder = fields[.ladder].flatMap { $0.ladder(frame) }
    let densities = fields.required(.densities, example: "densities: [20%]").flatMap { field in
      fields[.ladder] == nil
        ? field.distinct("a list of densities, such as [20%, 5%]") { $0.density() }
        : field.densities(of: ladder)
    }
    guard fields[.ladder] == nil || fields[.methods] != nil else { return (densities, ladder, []) }
    let methods = fields.required(.methods, example: "methods: {random: random}")?
      .rankedMethods(frame)
    for method in methods ?? []
    where method.name == Method.dense || ladder != nil && method.name == Subnetwork.ticket {
      fields[.methods]?.reportTaken(method.name, by: "method", "this one is taken")
    }
    return (densities, ladder, methods)
  }

  fileprivate func partings(_ frame: SuiteFrame) -> [Step]? {
    let timeline = frame.timeline
    let steps = nonEmpty(
      "a list of steps, such as [0it, 100it, 1ep]", least: "at least one step"
    ) { timeline.beforeEnd($0.step(), at: $0) }
    guard let steps else { return nil }
    // 1ep and its iterations are one step.
    let iterations = steps.compactMap(timeline.iterations(before:))
    if Set(iterations).count < iterations.count {
      report(.unexpected(found: "one step in two spellings", expected: "each step once"))
    }
    return timeline.sorted(steps)
  }
}
