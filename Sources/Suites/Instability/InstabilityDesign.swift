package import Laboratory
package import Recipes

/// Which children of one parent are joined by segments, and what counts as stable.
package struct InstabilityDesign: Hashable, Sendable {
  /// Steps at which children part from the parent, in the suite's order.
  package let steps: [Step]
  /// Children of every parent, each with its own order of examples; at least 2.
  package let orders: Int
  /// Points of every segment.
  package let points: Int
  /// What is measured at each.
  package let measurement: MeasurementDesign
  /// Densities of sparse subnetworks; empty where only dense networks are asked about.
  package let densities: [Density]
  /// Methods that find them.
  package let methods: [Method]
  /// Points of error below which a network is stable.
  package let stableBelow: Double

  /// A design.
  package init(
    steps: [Step], orders: Int, points: Int, measurement: MeasurementDesign, densities: [Density],
    methods: [Method], stableBelow: Double
  ) {
    self.steps = steps
    self.orders = orders
    self.points = points
    self.measurement = measurement
    self.densities = densities
    self.methods = methods
    self.stableBelow = stableBelow
  }

  /// Confidence level of intervals: each end is a one-sided bound at 5 %.
  package static let level = 0.9

  /// Every network asked about, the dense one first.
  var networks: [InstabilityNetwork] {
    [.dense]
      + methods.flatMap { method in
        densities.map { InstabilityNetwork(method: method.name, density: $0) }
      }
  }
}

/// A dense network, or a subnetwork by its method and density.
package struct InstabilityNetwork: Hashable, Sendable {
  /// The method's name; ``Method/dense`` for the whole network.
  package let method: String
  /// Fraction kept.
  package let density: Density

  /// The whole network.
  package static let dense = InstabilityNetwork(method: Method.dense, density: .one)
}

/// One segment between two children.
package struct InstabilityCell: Hashable, Sendable {
  /// Which network.
  package let network: InstabilityNetwork
  /// Number of the initialization, from 1.
  package let replicate: Int
  /// The step at which the children part.
  package let step: Step
  /// The same in optimizer steps.
  package let iteration: Int
  /// Numbers of the children's orders, from 1, ascending.
  package let first, second: Int
  /// The path.
  package let key: Key
}

extension Field {
  /// Reads the fields that an instability suite has beyond those of every suite.
  func instabilityDesign(_ frame: SuiteFrame) -> InstabilityDesign? {
    guard let fields = fields(InstabilityKey.self, beside: nil) else { return nil }
    let steps = fields.required(.steps, example: "steps: [0it, 100it, 1ep]")?.partings(frame)
    let orders = fields[.orders].map { $0.integer(2...100) } ?? 3
    let points = fields[.points].map { $0.integer(2...10_001) } ?? PathPositions.standard
    let measurement = frame.measurement(
      trainingExamples: fields[.trainingExamples], statistics: fields[.batchNorm],
      statisticsExamples: fields[.statisticsExamples])
    let (densities, methods) = frame.subnetworks(
      densities: fields[.densities], methods: fields[.methods], of: self)
    let stableBelow =
      fields[.stableBelow].map { $0.number("points of error above 0") { $0 > 0 } } ?? 2
    guard let steps, let orders, let points, let densities, let methods, let stableBelow else {
      return nil
    }
    return InstabilityDesign(
      steps: steps, orders: orders, points: points, measurement: measurement, densities: densities,
      methods: methods, stableBelow: stableBelow)
  }

  private func partings(_ frame: SuiteFrame) -> [Step]? {
    let timeline = frame.timeline
    let expected = "a list of steps, such as [0it, 100it, 1ep]"
    guard let steps = distinct(expected, read: { timeline.beforeEnd($0.step(), at: $0) }) else {
      return nil
    }
    if steps.isEmpty, node.sequence?.isEmpty == true {
      report(.unexpected(found: "an empty list", expected: "at least one step"))
    }
    // 1ep and its iterations are one step.
    let iterations = steps.compactMap(timeline.iterations(before:))
    if Set(iterations).count < iterations.count {
      report(.unexpected(found: "one step in two spellings", expected: "each step once"))
    }
    return timeline.sorted(steps)
  }
}
