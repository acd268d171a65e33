import Randomness
import Recipes
import Statistics
import Suites

/// What a lottery suite's runs show.
struct LotteryAnalysis {
  /// The runs that share a dense network to stand against: one rewinding step on one dataset.
  struct Group: Hashable {
    let rewind: Int
    let isTransferred: Bool
  }

  /// An arm at one density against the dense network.
  struct Level {
    let group: Group
    let arm: LotteryArm
    let density: Density
    let matching: Matching
    /// Holm-adjusted over the tickets' primary densities; `nil` for others and below two replicates.
    var adjusted: Double?
  }

  /// A ticket against one of its controls, averaged over the primary densities.
  struct Contrast {
    let group: Group
    let control: LotteryArm
    let densities: [Density]
    let comparison: PairedComparison
    /// The t-test's p-value, Holm-adjusted over all contrasts.
    var adjusted: Double?
  }

  let terms: Terms<LotterySettings>
  var settings: LotterySettings { terms.settings }
  let runs: [LotteryRun]
  let rule: DecisionRule
  let groups: [Group]
  /// Group by group, arm by arm, from dense to sparse.
  private(set) var levels: [Level] = []
  /// Group by group, control by control.
  private(set) var contrasts: [Contrast] = []

  private let places: [Place: [LotteryRun]]

  /// What the runs of an arm at one density have in common.
  private struct Place: Hashable {
    let arm: LotteryArm
    let isTransferred: Bool
    let rewind: Int
    let density: Density
  }

  /// Judges `runs` by `terms`.
  init(_ runs: [LotteryRun], _ terms: Terms<LotterySettings>) throws {
    (self.runs, self.terms) = (runs, terms)
    let settings = terms.settings
    rule = try DecisionRule(margin: settings.margin, alpha: settings.alpha)
    groups = [false, true].filter { !$0 || settings.transfer != nil }.flatMap { isTransferred in
      settings.rewinds.map { Group(rewind: $0, isTransferred: isTransferred) }
    }
    places = Dictionary(grouping: runs) {
      Place(
        arm: $0.arm, isTransferred: $0.isTransferred, rewind: $0.rewind, density: $0.density)
    }
    for group in groups {
      for arm in arms(of: group) {
        for density in settings.densities {
          if let level = try level(group, arm, density) { levels.append(level) }
        }
      }
      for control in arms(of: group) where control != .ticket {
        if let contrast = try contrast(group, control) { contrasts.append(contrast) }
      }
    }
    try adjust()
  }

  /// The ticket and its controls.
  func arms(of group: Group) -> [LotteryArm] {
    [.ticket] + settings.controls.filter { !group.isTransferred || $0 == LotteryArm(.random) }
  }

  /// The runs of an arm at one density; of the dense network whatever the density.
  func runs(_ group: Group, _ arm: LotteryArm, _ density: Density) -> [LotteryRun] {
    // The dense network trains from initialization; one of the suite's own dataset serves all rewinding steps.
    let isDense = arm == .dense
    let place = Place(
      arm: arm, isTransferred: group.isTransferred,
      rewind: isDense && !group.isTransferred ? 0 : group.rewind,
      density: isDense ? .one : density)
    return places[place] ?? []
  }

  /// One number per replicate, averaged over draws; replicates without any are left out.
  func sample(
    _ group: Group, _ arm: LotteryArm, _ density: Density, _ value: (LotteryRun) -> Double?
  ) -> [Int: Double] {
    Dictionary(grouping: runs(group, arm, density), by: \.replicate).compactMapValues {
      let values = $0.compactMap(value)
      return values.isEmpty ? nil : Sample.mean(values)
    }
  }

  /// Accuracies by replicate; diverged runs count as chance.
  func accuracies(_ group: Group, _ arm: LotteryArm, _ density: Density) -> [Int: Double] {
    sample(group, arm, density) { $0.accuracy ?? settings.chance }
  }

  /// Mean and 95 % t-interval over replicates.
  func summary(_ sample: [Int: Double]) -> MeanInterval? {
    MeanInterval(of: sample.sorted { $0.key < $1.key }.map(\.value))
  }

  /// The same of a number of runs.
  func summary(
    _ group: Group, _ arm: LotteryArm, _ density: Density, _ value: (LotteryRun) -> Double?
  ) -> MeanInterval? {
    summary(sample(group, arm, density, value))
  }

  /// The verdicts of an arm, from dense to sparse.
  func levels(_ group: Group, _ arm: LotteryArm) -> [Level] {
    levels.filter { $0.group == group && $0.arm == arm }
  }

  private func level(_ group: Group, _ arm: LotteryArm, _ density: Density) throws -> Level? {
    let pairs = paired(accuracies(group, arm, density), accuracies(group, .dense, density))
    guard !pairs.first.isEmpty else { return nil }
    return Level(
      group: group, arm: arm, density: density,
      matching: try Matching(sparse: pairs.first, dense: pairs.second, rule: rule))
  }

  private func contrast(_ group: Group, _ control: LotteryArm) throws -> Contrast? {
    let densities = settings.primary.filter {
      !runs(group, control, $0).isEmpty && !runs(group, .ticket, $0).isEmpty
    }
    // Replicates that lack a density would average something else.
    func means(_ arm: LotteryArm) -> [Int: Double] {
      let samples = densities.map { accuracies(group, arm, $0) }
      let sums = samples.dropFirst().reduce(samples.first ?? [:]) { sums, sample in
        sums.merging(sample, uniquingKeysWith: +).filter {
          sums[$0.key] != nil && sample[$0.key] != nil
        }
      }
      return sums.mapValues { $0 / Double(samples.count) }
    }
    let pairs = paired(means(.ticket), means(control))
    guard !pairs.first.isEmpty else { return nil }
    var stream = RandomStream(
      StreamPath(seed: terms.seed) / "bootstrap" / "lottery" / control.rawValue
        / "rewind \(group.rewind)")
    return Contrast(
      group: group, control: control, densities: densities,
      comparison: try PairedComparison(
        treated: pairs.first, control: pairs.second, rule: rule, resamples: 10_000,
        stream: &stream))
  }

  /// Values of the replicates that both have.
  private func paired(_ first: [Int: Double], _ second: [Int: Double])
    -> (first: [Double], second: [Double])
  {
    let common = Set(first.keys).intersection(second.keys).sorted()
    return (common.map { first[$0]! }, common.map { second[$0]! })
  }

  private mutating func adjust() throws {
    let primary = levels.indices.filter {
      levels[$0].arm == .ticket && settings.primary.contains(levels[$0].density)
        && levels[$0].matching.inference != nil
    }
    let adjusted = try holmAdjusted(
      primary.map { levels[$0].matching.inference!.nonInferiority.pValue })
    for (index, value) in zip(primary, adjusted) { levels[index].adjusted = value }
    let inferred = contrasts.indices.filter { contrasts[$0].comparison.inference != nil }
    let tests = try holmAdjusted(
      inferred.map { contrasts[$0].comparison.inference!.tTest.pValue })
    for (index, value) in zip(inferred, tests) { contrasts[index].adjusted = value }
  }
}
