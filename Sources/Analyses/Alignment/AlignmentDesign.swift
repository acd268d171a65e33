package import Laboratory
import Randomness
import Recipes
package import Suites

/// How networks are aligned, and what is measured on the lines between them.
package struct AlignmentDesign: Hashable, Sendable {
  /// Coordinate ascents, of which the best is kept.
  package let attempts: Int
  /// Points of every line.
  package let points: Int
  /// What is measured at each.
  package let measurement: MeasurementDesign

  /// A design.
  package init(attempts: Int, points: Int, measurement: MeasurementDesign) {
    self.attempts = attempts
    self.points = points
    self.measurement = measurement
  }

  /// Confidence level of intervals: each end is a one-sided bound at 5 %.
  package static let level = 0.9
}

/// Two networks of one replicate.
package struct AlignmentCell: Hashable, Sendable {
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The alignment, and the lines before and after it.
  package let alignment, before, after: Key
}

extension AlignmentDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "alignment",
      question: "Does weight matching lower the barrier between independently trained networks?",
      keys: AlignmentKey.allCases.map(\.rawValue), needs: [.training, .replicates])
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(AlignmentKey.self, beside: nil) else { return nil }
    let attempts = fields[.attempts].map { $0.integer(1...1000) } ?? 1
    let points = fields[.points].map { $0.integer(2...10_001) } ?? PathPositions.standard
    let measurement = frame.measurement(
      trainingExamples: fields[.trainingExamples], statistics: fields[.batchNorm],
      statisticsExamples: fields[.statisticsExamples])
    guard let attempts, let points else { return nil }
    self.init(attempts: attempts, points: points, measurement: measurement)
  }

  package var runsPerReplicate: Double { 1 }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<AlignmentCell> {
    try AnalysisPlan(expanding: suite, self)
  }
}

extension AlignmentCell: AnalysisCell {
  package var keys: [Key] { [alignment, before, after] }
}

extension AnalysisPlan where Cell == AlignmentCell {
  /// Two trainings per replicate, the alignment of the second to the first, and both lines.
  init(expanding suite: Suite, _ design: AlignmentDesign) throws {
    var (builder, cells) = (PlanBuilder(), [AlignmentCell]())
    for number in 1...suite.replicates {
      let pair = try TrainedPair(suite, number, to: &builder)
      let alignment = try builder.add(
        AlignmentRecipe(
          problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
          attempts: design.attempts, stream: pair.stream / "matching"),
        inputs: pair.inputs,
        label: "alignment · replicate \(number)")
      let recipe = SegmentRecipe(
        problem: suite.problem, startIteration: suite.duration, endIteration: suite.duration,
        points: design.points, measurement: design.measurement.measurement(of: suite),
        precision: suite.precision)
      func addPath(to end: Key, _ words: String) throws -> Key {
        try builder.add(
          recipe, inputs: [InputRole.start: pair.start, InputRole.end: end],
          label: "path \(words) · replicate \(number)")
      }
      cells.append(
        AlignmentCell(
          replicate: number, alignment: alignment,
          before: try addPath(to: pair.end, "to the partner"),
          after: try addPath(to: alignment, "to the aligned partner")))
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}
