package import Laboratory
import Randomness
import Recipes
package import Suites

/// How halves of hidden layers are chosen, and what is measured on the path between two networks.
package struct DropoutStabilityDesign: Hashable, Sendable {
  /// Random halves tried in each hidden layer beside the half of the largest norms.
  package let draws: Int
  /// Points between the ends of each of the path's segments.
  package let pointsWithin: Int
  /// Points of the straight segment that the path stands against.
  package let points: Int
  /// What is measured at each.
  package let measurement: MeasurementDesign

  /// A design.
  package init(draws: Int, pointsWithin: Int, points: Int, measurement: MeasurementDesign) {
    self.draws = draws
    self.pointsWithin = pointsWithin
    self.points = points
    self.measurement = measurement
  }
}

/// Two networks of one replicate.
package struct DropoutStabilityCell: Hashable, Sendable {
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The path through half-width networks, and the straight segment.
  package let path, segment: Key
}

extension DropoutStabilityDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "dropout-stability",
      question:
        "Are independently trained networks joined by a path through networks of half their width?",
      keys: DropoutStabilityKey.allCases.map(\.rawValue), needs: [.training, .replicates])
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(DropoutStabilityKey.self, beside: nil) else { return nil }
    if let network = frame.network, let source = frame.dataset?.source,
      let architecture = try? network.architecture(input: source.shape, classes: source.classes)
    {
      do {
        _ = try architecture.plainLayers()
      } catch {
        root.fields(SharedKey.self, beside: nil)?[.network]?.report(.misfit("\(error)"))
      }
    }
    let draws = fields[.draws].map { $0.integer(0...10_000) } ?? 20
    let within = fields[.pointsWithin].map { $0.integer(0...1000) } ?? 4
    let points = fields[.points].map { $0.integer(2...10_001) } ?? PathPositions.standard
    let measurement = frame.measurement(
      trainingExamples: fields[.trainingExamples], statistics: nil, statisticsExamples: nil)
    if measurement.trainingExamples == 0 {
      fields[.trainingExamples]?.report(
        .unexpected(found: "`0`", expected: "a number above 0: these examples measure ε"))
    }
    guard let draws, let within, let points else { return nil }
    self.init(
      draws: draws, pointsWithin: within, points: points, measurement: measurement)
  }

  package var runsPerReplicate: Double { 1 }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<DropoutStabilityCell> {
    try AnalysisPlan(expanding: suite, self)
  }
}

extension DropoutStabilityCell: AnalysisCell {
  package var keys: [Key] { [path, segment] }
}

extension AnalysisPlan where Cell == DropoutStabilityCell {
  /// Two trainings per replicate, the path between them and the straight segment.
  init(expanding suite: Suite, _ design: DropoutStabilityDesign) throws {
    var (builder, cells) = (PlanBuilder(), [DropoutStabilityCell]())
    let measurement = design.measurement.measurement(of: suite)
    for number in 1...suite.replicates {
      let pair = try TrainedPair(suite, number, to: &builder)
      let path = try builder.add(
        DropoutStabilityRecipe(
          problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
          measurement: measurement, draws: design.draws,
          stream: pair.stream / "halves", pointsWithin: design.pointsWithin),
        inputs: pair.inputs, label: "dropout stability · replicate \(number)")
      let segment = try builder.add(
        SegmentRecipe(
          problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
          points: design.points, measurement: measurement, precision: suite.precision),
        inputs: pair.inputs, label: "path to the partner · replicate \(number)")
      cells.append(DropoutStabilityCell(replicate: number, path: path, segment: segment))
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}
