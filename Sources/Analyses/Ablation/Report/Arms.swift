import Randomness
import Recipes
import Statistics
import Suites

/// Pairs the runs of two arms by replicate.
struct Arms {
  /// A method, itself or under an ablation.
  typealias Arm = (method: String, ablation: String)

  let terms: AblationTerms
  let rule: DecisionRule
  let table: RunTable

  /// What two arms have in common.
  struct Pairing {
    /// One number per replicate that both have: the accuracy averaged over ``densities``.
    var (treated, control) = ([Double](), [Double]())
    /// Densities at which some replicate has runs of both arms.
    var densities: [Density] = []
    /// Densities at which none has.
    var lacking: [Density] = []
    /// Replicates that lack one of ``densities``.
    var leftOut: [Int] = []
    /// Runs of the others that diverged.
    var diverged = 0
  }

  struct Result {
    let comparison: PairedComparison
    let pairing: Pairing
    /// Mean accuracies of both arms.
    let means: [Double]
  }

  /// The paired comparison of two arms; `nil` where no replicate has runs of both.
  func compare(
    _ treated: Arm, with control: Arm, leavingOut: Set<Density> = [], countsDiverged: Bool = true
  ) throws -> Result? {
    let pairing = pair(
      treated, with: control, leavingOut: leavingOut, countsDiverged: countsDiverged)
    guard !pairing.treated.isEmpty else { return nil }
    var stream = RandomStream(
      StreamPath(seed: terms.seed) / "bootstrap" / treated.method / treated.ablation
        / control.method)
    return Result(
      comparison: try PairedComparison(
        treated: pairing.treated, control: pairing.control, rule: rule, resamples: 10_000,
        stream: &stream),
      pairing: pairing,
      means: [pairing.treated, pairing.control].map { Sample.mean($0) })
  }

  /// The mean difference at one density and its interval, if two replicates or more have both arms; `nil` where
  /// none has.
  func difference(_ treated: Arm, from control: Arm, at density: Density) throws
    -> (mean: Double, interval: Interval?)?
  {
    let pairing = pair(
      treated, with: control, leavingOut: Set(table.densities).subtracting([density]))
    guard !pairing.treated.isEmpty else { return nil }
    let differences = try pairedDifferences(treated: pairing.treated, control: pairing.control)
    guard differences.count > 1 else { return (differences[0], nil) }
    let summary = try SampleSummary(differences)
    return (summary.mean, try summary.meanInterval(level: rule.intervalLevel))
  }

  /// One number per arm and replicate: the accuracy averaged over the densities at which every run of that
  /// replicate exists in both arms. Replicates that lack a density which others have are left out. Where the
  /// terms name no primary densities, they are those of either arm.
  private func pair(
    _ treated: Arm, with control: Arm, leavingOut: Set<Density>, countsDiverged: Bool = true
  ) -> Pairing {
    let arms = [treated, control].map { table.accuracies($0.method, $0.ablation) }
    let either = table.densities.filter { density in
      arms.contains { $0.byDensity[density] != nil }
    }
    let wanted = (terms.settings.primary ?? either).sorted(by: >)
      .filter { !leavingOut.contains($0) }
    var pairing = Pairing()
    var pairs: [(treated: [Int: Double?], control: [Int: Double?])] = []
    for density in wanted {
      guard let first = arms[0].byDensity[density], let second = arms[1].byDensity[density],
        first.keys.contains(where: { second[$0] != nil })
      else {
        pairing.lacking.append(density)
        continue
      }
      pairing.densities.append(density)
      pairs.append((first, second))
    }
    for replicate in arms[0].replicates.intersection(arms[1].replicates).sorted() {
      let runs = pairs.compactMap { pair in
        pair.treated[replicate].flatMap { first in
          pair.control[replicate].map { (first, $0) }
        }
      }
      guard runs.count == pairs.count else {
        pairing.leftOut.append(replicate)
        continue
      }
      var sums = (treated: 0.0, control: 0.0, count: 0)
      for (first, second) in runs {
        let fallen = [first, second].count { $0 == nil }
        pairing.diverged += fallen
        if fallen > 0, !countsDiverged { continue }
        sums.treated += first ?? terms.settings.chance
        sums.control += second ?? terms.settings.chance
        sums.count += 1
      }
      guard sums.count > 0 else { continue }
      pairing.treated.append(sums.treated / Double(sums.count))
      pairing.control.append(sums.control / Double(sums.count))
    }
    return pairing
  }
}
