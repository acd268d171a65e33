import Laboratory
import Randomness
import Recipes
import Suites

/// Further keys of a dropout-stability suite.
enum DropoutStabilityKey: String, SuiteKey {
  case draws
  case pointsWithin = "points-within"
  case points
  case trainingExamples = "training-examples"
}

/// How halves of hidden layers are chosen, and what is measured on the path between two networks.
struct DropoutStabilityDesign: Hashable, Sendable {
  /// Random halves tried in each hidden layer beside the half of the largest norms.
  let draws: Int
  /// Points between the ends of each of the path's segments.
  let pointsWithin: Int
  /// Points of the straight segment that the path stands against.
  let points: Int
  /// What is measured at each.
  let measurement: MeasurementDesign
}

/// Two networks of one replicate.
struct DropoutStabilityCell: AnalysisCell {
  /// Number of the replicate, from 1.
  let replicate: Int
  /// The path through half-width networks, and the straight segment.
  let path, segment: Key

  var keys: [Key] { [path, segment] }
  var place: RunPlace { RunPlace(replicate: replicate) }
}

extension DropoutStabilityDesign: Analysis {
  static let about = AboutAnalysis(
    name: "dropout-stability",
    question:
      "Are independently trained networks joined by a path through networks of half their width?",
    measure:
      "the highest loss on the path through subnetworks of half the width, against the bound that their own losses give",
    source: "Kuditipudi et al., NeurIPS 2019", keys: DropoutStabilityKey.names,
    needs: [.training, .replicates, .layers])

  init?(_ root: Field, _ frame: SuiteFrame) {
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
    let measurement = frame.measurement(trainingExamples: fields[.trainingExamples])
    if measurement.trainingExamples == 0 {
      fields[.trainingExamples]?.report(
        .unexpected(found: "`0`", expected: "a number above 0: these examples measure ε"))
    }
    guard let draws, let within, let points else { return nil }
    self.init(draws: draws, pointsWithin: within, points: points, measurement: measurement)
  }

  var runsPerReplicate: Double { 1 }

  /// Two trainings, the path between them and the straight segment.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws
    -> [DropoutStabilityCell]
  {
    let (suite, number) = (replicate.suite, replicate.replicate)
    let (ends, stream) = try replicate.pair(in: &builder)
    let path = try builder.add(
      DropoutStabilityRecipe(
        problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
        measurement: measurement.measurement(of: suite), draws: draws,
        stream: stream / "halves", pointsWithin: pointsWithin),
      inputs: ends, label: "dropout stability · replicate \(number)")
    let segment = try builder.add(
      measurement.segment(of: suite, points: points), inputs: ends,
      label: "path to the partner · replicate \(number)")
    return [DropoutStabilityCell(replicate: number, path: path, segment: segment)]
  }
}
