import Recipes
package import Reports
import Statistics
import Wording

/// What a reader must know before the claims: what is missing, unpaired, unrecorded or out of scale.
package struct Reservations<Arms: ComparedArms> {
  private let registration: Registration?
  private let replicates: Int
  private let looks: Looks?
  private let claimed: [Arms]
  private let cells: [(name: String, cell: ComparisonCell)]
  private let metric: Metric
  private let chance: Double
  private let missing: Int
  private let later: [(name: String, density: Density)]

  /// Reservations about what is claimed of `comparisons` and shown of `controls`, where runs that diverged count as
  /// those that give all examples the commonest class, `chance` percent of them.
  package init(
    _ terms: Terms<some Hashable & Codable & Sendable>, _ comparisons: [JudgedComparison<Arms>],
    controls: [Arms],
    metric: Metric = .accuracy, chance: Double
  ) {
    (registration, missing) = (terms.registration, terms.missing)
    (replicates, looks) = (terms.replicates, terms.looks)
    (self.metric, self.chance) = (metric, chance)
    let claimed = comparisons.map(\.comparison)
    self.claimed = claimed
    later = comparisons.flatMap { judged in
      judged.verdicts.filter { verdict in
        verdict.isMaintained
          && verdict.all.pairs.dropFirst(verdict.cell.pairs.count).contains {
            $0.treated.hasFailed || $0.control.hasFailed
          }
      }.map { (judged.comparison.name, $0.cell.density) }
    }
    cells = (claimed + controls).flatMap { comparison in
      comparison.all.map { (comparison.name, $0) }
    }
  }

  /// The paragraph, in which `own` are an analysis' sentences without full stops; none where nothing is to be said.
  package func paragraph(_ own: [String] = []) -> [Markdown.Block] {
    let sentences =
      terms + own + unpaired + diverged + failedLater + skewed + lengths + unrecorded + lacking
    return sentences.isEmpty
      ? [] : [.paragraph("\(strong: "Reservations:") \(sentences.joined(separator: "; ")).")]
  }

  /// Whoever has seen results may choose margins by them.
  private var terms: [String] {
    guard let registration else {
      return [
        "nothing tells whether margin, densities and level were fixed before the results were known"
      ]
    }
    return (registration.isBefore ? [] : ["the terms were \(registration.words)"]) + beyond
  }

  /// Replicates that were added to a design after a look at its results, or taken away.
  private var beyond: [String] {
    guard let looks else { return [] }
    if replicates < looks.sizes[0] {
      return [
        "\(Format.count(looks.sizes[0], "replicate")) were registered for the first look, and fewer claim nothing"
      ]
    }
    if replicates > looks.last {
      return [
        "\(Format.count(looks.last, "replicate")) were registered, which spend all of α: what lies beyond is shown and "
          + "claims nothing (another seed starts anew)"
      ]
    }
    return []
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
    guard let value = metric.constant?(chance) else {
      return [
        "\(pairs) \(count == 1 ? "allows" : "allow") no claim at \(count == 1 ? "its density" : "their densities")"
      ]
    }
    return [
      "\(pairs) \(count == 1 ? "counts" : "count") it as \(Format.significant(value)) %, "
        + "the commonest class's share\(metric == .accuracy ? "" : " taken off 100 %")"
    ]
  }

  /// One cell has too few replicates to show its skewness; all of them together may.
  /// Runs that failed after their density was claimed to be the same.
  private var failedLater: [String] {
    let places = later.map { "\($0.name) at \(Format.percent($0.density.value))" }
    return places.isEmpty
      ? []
      : [
        "after sameness was shown runs failed of \(Format.list(places, limit: 8)), which the failure rates beside it "
          + "do not count"
      ]
  }

  private var skewed: [String] {
    let known = claimed.flatMap(\.cells).compactMap {
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
    let unequal = claimed.compactMap { comparison -> String? in
      let pairs = comparison.all.flatMap(\.pairs)
      func steps(_ arm: KeyPath<ComparisonCell.Pair, ComparedRun>) -> [Int] {
        Set(pairs.map { $0[keyPath: arm] }.filter { !$0.hasDiverged }.compactMap(\.steps)).sorted()
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
    if runs.contains(where: { !$0.hasDiverged && !$0.tellsClasses }) {
      parts.append("which runs give all examples one class")
    }
    if metric.isShare, !cells.contains(where: { $0.cell.crossed != nil }) {
      parts.append("what new test examples would add to the intervals")
    }
    return parts.isEmpty ? [] : ["not recorded: \(parts.sentence)"]
  }

  private var lacking: [String] {
    missing == 0
      ? []
      : [
        "\(Format.count(missing, "artifact")) of the plan \(missing == 1 ? "is" : "are") not there yet"
      ]
  }
}
