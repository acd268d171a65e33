import Recipes
import Statistics
import Suites
import Wording

/// What a reader must know before the claims: what is missing, unpaired, unrecorded or out of scale.
struct Reservations {
  let analysis: AblationAnalysis

  init(_ analysis: AblationAnalysis) { self.analysis = analysis }

  /// Sentences without full stops.
  var sentences: [String] {
    terms + fractions + absent + unweighed + uncompared + unpaired + diverged + skewed + lengths
      + unrecorded + missing
  }

  private var cells: [(name: String, cell: ComparisonCell)] {
    (analysis.comparisons.map(\.comparison) + analysis.nullControls).flatMap { comparison in
      comparison.all.map { (comparison.name, $0) }
    }
  }

  /// Whoever has seen results may choose margins by them.
  private var terms: [String] {
    guard let registration = analysis.terms.registration else {
      return [
        "nothing tells whether margin, densities and level were fixed before the results were known"
      ]
    }
    return registration.isBefore ? [] : ["the terms were \(registration.words)"]
  }

  /// Percent are asked for, and 0.97 looks like a fraction.
  private var fractions: [String] {
    let metric = analysis.terms.settings.metric
    guard metric.isShare else { return [] }
    let runs = analysis.table.methods.flatMap { method in
      analysis.table.arms(of: method).flatMap { analysis.table.runs($0) }
    }
    // Errors that are told by accuracies look like percent in any case.
    let accuracies = runs.compactMap(\.accuracy)
    let highest = (accuracies.isEmpty ? runs.compactMap(\.value) : accuracies).max()
    guard let highest, highest <= 1 else { return [] }
    let name = accuracies.isEmpty ? metric.name : Metric.accuracy.name
    return [
      "no \(name) is above \(Format.significant(highest)), which looks like fractions where percent are "
        + "expected: multiply them by 100"
    ]
  }

  /// What was to decide and is not in the table.
  private var absent: [String] {
    let densities = (analysis.terms.settings.primary ?? []).filter { density in
      !analysis.table.densities.contains(where: density.isNear)
    }
    return densities.isEmpty
      ? []
      : [
        "no run has the primary \(densities.count == 1 ? "density" : "densities") \(densities.words)"
      ]
  }

  /// What was to weigh otherwise and is not in the table.
  private var unweighed: [String] {
    let settings = analysis.terms.settings
    let arms = (settings.weights ?? []).map { Arm(method: $0.method, ablation: $0.ablation) }
      .filter { analysis[$0] == nil }
      .map { ArmComparison.name($0, against: settings.randomMethod) }
    return arms.isEmpty ? [] : ["weights are stated of what is not compared: \(arms.sentence)"]
  }

  private var uncompared: [String] {
    let arms = analysis.incomparable.map { "\($0.method) · \($0.ablation)" }
    return arms.isEmpty ? [] : ["no replicate has runs of both arms of \(arms.sentence)"]
  }

  private var unpaired: [String] {
    let lacking = cells.filter { !$0.cell.missing.isEmpty }
    guard !lacking.isEmpty else { return [] }
    let places = lacking.map { name, cell in
      "\(name) at \(Format.percent(cell.density.value)) ("
        + "\(cell.missing.count == 1 ? "replicate" : "replicates") "
        + "\(Format.list(cell.missing.map(String.init), limit: 8)))"
    }
    return ["runs of one arm or both are missing of \(Format.list(places, limit: 8))"]
  }

  private var diverged: [String] {
    let count = cells.reduce(0) { sum, entry in
      sum + entry.cell.pairs.count { $0.treated.hasDiverged || $0.control.hasDiverged }
    }
    guard count > 0 else { return [] }
    let pairs = "\(Format.count(count, "pair")) of runs with one that diverged"
    guard let value = analysis.terms.settings.diverged else {
      return [
        "\(pairs) \(count == 1 ? "allows" : "allow") no claim at \(count == 1 ? "its density" : "their densities")"
      ]
    }
    let isAccuracy = analysis.terms.settings.metric == .accuracy
    return [
      "\(pairs) \(count == 1 ? "counts" : "count") it as \(Format.significant(value)) %, "
        + "the commonest class's share\(isAccuracy ? "" : " taken off 100 %")"
    ]
  }

  /// One cell has too few replicates to show its skewness; all of them together may.
  private var skewed: [String] {
    let known = analysis.comparisons.flatMap(\.comparison.cells).compactMap {
      $0.comparison?.skewness
    }
    guard let pooled = PooledSkewness(known), pooled.isLarge else { return [] }
    return [
      "the differences are skewed, all densities taken together (z = "
        + "\(Format.difference(pooled.zScore, digits: 1))), so that t-tests err more often than they say: read "
        + "the sign tests beside them"
    ]
  }

  /// Arms that are trained for other lengths differ in more than what is ablated.
  private var lengths: [String] {
    let unequal = analysis.comparisons.map(\.comparison).compactMap { comparison -> String? in
      let pairs = comparison.all.flatMap(\.pairs)
      func steps(_ arm: KeyPath<ComparisonCell.Pair, RatedRun>) -> [Int] {
        Set(pairs.map { $0[keyPath: arm] }.filter { !$0.hasDiverged }.compactMap(\.details.steps))
          .sorted()
      }
      let (treated, control) = (steps(\.treated), steps(\.control))
      guard !treated.isEmpty, !control.isEmpty, treated != control else { return nil }
      func words(_ steps: [Int]) -> String { steps.map { Format.count($0) }.sentence }
      return "\(comparison.name) (\(words(treated)) steps against \(words(control)))"
    }
    return unequal.isEmpty
      ? []
      : [
        "arms are trained for different lengths, as a start from initialization takes the whole training and one from "
          + "later weights what is left of it: \(Format.list(unequal, limit: 8))"
      ]
  }

  /// What a table made elsewhere does not tell.
  private var unrecorded: [String] {
    let runs = cells.flatMap { $0.cell.pairs.map(\.treated) }
    var parts: [String] = []
    if runs.contains(where: { !$0.hasDiverged && $0.details.predictedClasses == nil }) {
      parts.append("which runs give all examples one class")
    }
    if analysis.terms.settings.metric.isShare, !cells.contains(where: { $0.cell.crossed != nil }) {
      parts.append("what new test examples would add to the intervals")
    }
    return parts.isEmpty ? [] : ["not recorded: \(parts.sentence)"]
  }

  private var missing: [String] {
    let count = analysis.terms.missing
    return count == 0
      ? []
      : [
        "\(Format.count(count, "artifact")) of the plan \(count == 1 ? "is" : "are") not there yet"
      ]
  }
}
