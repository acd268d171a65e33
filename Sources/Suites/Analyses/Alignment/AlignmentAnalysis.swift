import Laboratory
import Randomness
import Recipes
import Statistics

/// What the lines of an alignment suite say.
struct AlignmentAnalysis {
  /// One replicate whose artifacts are all there and whose trainings finished.
  struct Run {
    let replicate: Int
    let matching: AlignmentResult
    let before, after: SegmentResult
  }

  /// A number over replicates before and after, and how much it fell.
  struct Change {
    let before, after, reduction: [Double]
    /// Whether every point of every line is finite; of others nothing is decided.
    let isWhole: Bool
    /// Of the mean reduction; `nil` for one replicate alone.
    let interval: ReplicateInterval?

    var mean: Double { Self.mean(reduction) }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  }

  /// Whether an interval of a reduction settles its sign.
  enum Verdict: String {
    case lowered, raised, undecided
  }

  let design: AlignmentDesign
  /// Policies of batch norm's statistics that the networks have.
  let policies: [StatisticsPolicy]
  /// Splits that were measured, the test split first.
  let splits: [PathSplit]
  let runs: [Run]
  /// Replicates with a training that diverged.
  let diverged: Int
  /// Artifacts that the store lacks.
  let missing: Int

  private let seed: UInt64

  init(
    _ suite: Suite, _ design: AlignmentDesign, _ cells: [AlignmentCell],
    alignments: [Key: Outcome<AlignmentResult>], paths: [Key: Outcome<SegmentResult>]
  ) {
    self.design = design
    seed = suite.seed
    let measurement = design.measurement.measurement(of: suite)
    policies = measurement.statistics
    splits = measurement.trainingExamples > 0 ? [.test, .train] : [.test]
    runs = cells.compactMap { cell in
      guard let matching = alignments[cell.alignment]?.found,
        let before = paths[cell.before]?.found, let after = paths[cell.after]?.found
      else { return nil }
      return Run(replicate: cell.replicate, matching: matching, before: before, after: after)
    }
    diverged = cells.count { alignments[$0.alignment]?.divergence != nil }
    missing =
      cells.count { alignments[$0.alignment] == nil }
      + cells.reduce(0) { $0 + [$1.before, $1.after].count { paths[$0] == nil } }
  }

  /// How a number of the barriers changes; `nil` where no replicate has it on both lines.
  func change(
    _ quantity: PathQuantity = .error, on split: PathSplit, policy index: Int,
    of number: (PathSummary) -> Double = { $0.barrier }
  ) throws -> Change? {
    let pairs = runs.compactMap { run -> (Double, Double)? in
      guard let before = run.before.summary(quantity, on: split, policy: index),
        let after = run.after.summary(quantity, on: split, policy: index)
      else { return nil }
      return (number(before), number(after))
    }
    guard !pairs.isEmpty else { return nil }
    let reduction = pairs.map { $0 - $1 }
    var stream = RandomStream(StreamPath(seed: seed) / "alignment" / "bootstrap")
    let isWhole =
      diverged == 0
      && runs.allSatisfy { run in
        [run.before, run.after].allSatisfy {
          $0.summary(quantity, on: split, policy: index)?.gaps == 0
        }
      }
    return Change(
      before: pairs.map(\.0), after: pairs.map(\.1), reduction: reduction, isWhole: isWhole,
      interval: try ReplicateInterval(
        of: reduction, level: AlignmentDesign.level, stream: &stream))
  }
}

extension AlignmentAnalysis.Change {
  /// Whether the interval of the mean reduction lies on one side of 0.
  var verdict: AlignmentAnalysis.Verdict {
    guard isWhole, let interval = interval?.interval else { return .undecided }
    if interval.lower > 0 { return .lowered }
    return interval.upper < 0 ? .raised : .undecided
  }
}
