import Laboratory
import Randomness
import Recipes
import Suites

/// Further keys of an alignment suite.
enum AlignmentKey: String, MeasurementKey {
  case attempts, points
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
}

/// How networks are aligned, and what is measured on the lines between them.
struct AlignmentDesign: Hashable, Sendable {
  /// Coordinate ascents, of which the best is kept.
  let attempts: Int
  /// Points of every line.
  let points: Int
  /// What is measured at each.
  let measurement: MeasurementDesign

  /// The error of a verdict, over all policies of batch norm's statistics together.
  static let alpha = 0.05
}

/// Two networks of one replicate.
struct AlignmentCell: AnalysisCell {
  /// Number of the replicate, from 1.
  let replicate: Int
  /// The alignment, and the lines before and after it.
  let alignment, before, after: Key

  var keys: [Key] { [alignment, before, after] }
  var place: RunPlace { RunPlace(replicate: replicate) }
}

extension AlignmentDesign: Analysis {
  static let about = AboutAnalysis(
    name: "alignment",
    question: "Does weight matching lower the barrier between independently trained networks?",
    measure:
      "the barrier of test error between w₁ and w₂, and between w₁ and π(w₂), π the permutation of units by weight matching",
    source: "Ainsworth, Hayase & Srinivasa, ICLR 2023", keys: AlignmentKey.names,
    needs: [.training, .replicates, .layers])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(AlignmentKey.self, beside: nil) else { return nil }
    let attempts = fields[.attempts].map { $0.integer(1...1000) } ?? 1
    let points = fields[.points].map { $0.integer(2...10_001) } ?? PathPositions.standard
    let measurement = fields.measurement(frame)
    frame.checkAlignment(at: root)
    guard let attempts, let points else { return nil }
    self.init(attempts: attempts, points: points, measurement: measurement)
  }

  var runsPerReplicate: Double { 1 }

  /// Two trainings, the alignment of the second to the first, and both lines.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws
    -> [AlignmentCell]
  {
    let (suite, number) = (replicate.suite, replicate.replicate)
    let (ends, stream) = try replicate.pair(in: &builder)
    let alignment = try builder.add(
      AlignmentRecipe(
        problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
        attempts: attempts, stream: stream / "matching"),
      inputs: ends, label: "alignment · replicate \(number)")
    func addLine(_ ends: [String: Key], _ partner: String) throws -> Key {
      try builder.add(
        measurement.segment(of: suite, points: points), inputs: ends,
        label: "path to the \(partner) · replicate \(number)")
    }
    let before = try addLine(ends, "partner")
    let after = try addLine(ends.merging([InputRole.end: alignment]) { $1 }, "aligned partner")
    return [
      AlignmentCell(replicate: number, alignment: alignment, before: before, after: after)
    ]
  }
}
