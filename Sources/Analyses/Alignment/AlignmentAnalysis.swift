import Recipes
import Statistics
import Suites

/// What the lines of an alignment suite say.
struct AlignmentAnalysis {
  /// One replicate whose artifacts are all there and whose trainings finished.
  struct Run {
    let replicate: Int
    /// One line per policy.
    let before, after: [MeasuredLine]
    /// A point of either, which tells what there is of the whole line.
    let atFirst, atLast: AlignmentRow
  }

  /// A number over replicates before and after, and how much it fell.
  struct Change {
    let before, after, reduction: [Double]
    /// Whether every point of every line is finite; of others nothing is decided.
    let isWhole: Bool
    /// Student's, of the mean reduction; `nil` for one replicate alone.
    let interval: Interval?

    var mean: Double { Sample.mean(reduction) }
  }

  /// Whether an interval of a reduction settles its sign.
  enum Verdict: String {
    case lowered, raised, undecided
  }

  let terms: Terms<AlignmentSettings>
  let runs: [Run]
  /// Replicates with a training that diverged.
  let diverged: Int

  var settings: AlignmentSettings { terms.settings }

  init(_ rows: [AlignmentRow], _ terms: Terms<AlignmentSettings>) {
    self.terms = terms
    diverged = rows.count { $0.line == .diverged }
    runs = rows.grouped(by: \.replicate).compactMap { replicate, rows in
      let (before, after) = (
        rows.filter { $0.line == .before }, rows.filter { $0.line == .after }
      )
      guard let first = before.first, let last = after.first,
        let linesBefore = MeasuredLine.perPolicy(terms.settings.policies, of: before),
        let linesAfter = MeasuredLine.perPolicy(terms.settings.policies, of: after)
      else { return nil }
      return Run(
        replicate: replicate, before: linesBefore, after: linesAfter, atFirst: first, atLast: last)
    }
  }

  /// How a number of the barriers changes; `nil` where no replicate has it on both lines.
  func change(
    _ quantity: PathQuantity = .error, on split: PathSplit, policy index: Int,
    of number: (PathSummary) -> Double = { $0.barrier }
  ) throws -> Change? {
    let pairs = runs.compactMap { run -> (Double, Double)? in
      guard let before = run.before[index].summary(quantity, on: split),
        let after = run.after[index].summary(quantity, on: split)
      else { return nil }
      return (number(before), number(after))
    }
    guard !pairs.isEmpty else { return nil }
    let reduction = pairs.map { $0 - $1 }
    let isWhole =
      diverged == 0
      && runs.allSatisfy { run in
        [run.before, run.after].allSatisfy {
          $0[index].summary(quantity, on: split)?.gaps == 0
        }
      }
    return Change(
      before: pairs.map(\.0), after: pairs.map(\.1), reduction: reduction, isWhole: isWhole,
      interval: MeanInterval(of: reduction, level: AlignmentDesign.level)?.interval)
  }
}

extension AlignmentAnalysis.Change {
  /// Whether the interval of the mean reduction lies on one side of 0.
  var verdict: AlignmentAnalysis.Verdict {
    guard isWhole, let interval else { return .undecided }
    if interval.lower > 0 { return .lowered }
    return interval.upper < 0 ? .raised : .undecided
  }
}
