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
    /// Of the mean reduction, 95 % by t; `nil` for one replicate alone.
    let interval: Interval?
    /// Of the t-test that the mean reduction is zero.
    let pValue: Double?

    var mean: Double { Sample.mean(reduction) }
  }

  /// Whether the sign of a reduction is shown.
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
    let summary = reduction.count > 1 ? try SampleSummary(reduction) : nil
    return Change(
      before: pairs.map(\.0), after: pairs.map(\.1), reduction: reduction, isWhole: isWhole,
      interval: try summary?.meanInterval(level: 1 - AlignmentDesign.alpha),
      pValue: try summary.map { try TTest($0).pValue })
  }

  /// What is claimed of the barrier of test error under each policy, by Holm over the policies; `nil` where no replicate has
  /// it on both lines.
  func verdicts() throws -> [(change: Change, pValue: Double?, verdict: Verdict)?] {
    let changes = try settings.policies.indices.map { try change(on: .test, policy: $0) }
    let adjusted = try holmAdjusted(changes.compactMap { $0?.pValue })
    var rest = adjusted[...]
    return changes.map { change in
      change.map { change in
        let p = change.pValue == nil ? nil : rest.popFirst()
        return (change, p, change.verdict(adjusted: p))
      }
    }
  }
}

extension AlignmentAnalysis.Change {
  /// What a p-value shows, with the sign of the mean read after the two-sided test.
  func verdict(adjusted p: Double?) -> AlignmentAnalysis.Verdict {
    guard isWhole, let p, p <= AlignmentDesign.alpha else { return .undecided }
    return mean > 0 ? .lowered : .raised
  }
}
