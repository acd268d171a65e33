import Recipes
import Statistics
import Suites

/// The runs of a lottery suite by what they stand for.
struct LotteryRuns {
  let settings: LotterySettings
  /// Every run.
  let all: [LotteryRun]
  private let places: [Place: [LotteryRun]]

  /// What the runs of an arm at one density have in common.
  private struct Place: Hashable {
    let arm: LotteryArm
    let isTransferred: Bool
    let rewind: Int
    let density: Density
  }

  init(_ runs: [LotteryRun], _ settings: LotterySettings) {
    (all, self.settings) = (runs, settings)
    places = Dictionary(grouping: runs) {
      Place(
        arm: $0.arm, isTransferred: $0.isTransferred, rewind: $0.rewind, density: $0.density)
    }
  }

  /// The runs of an arm at one density; of the dense network whatever the density.
  func callAsFunction(
    _ group: LotteryAnalysis.Group, _ arm: LotteryArm, _ density: Density
  ) -> [LotteryRun] {
    // The dense network trains from initialization; one of the suite's own dataset serves all rewinding steps.
    let isDense = arm == .dense
    let place = Place(
      arm: arm, isTransferred: group.isTransferred,
      rewind: isDense && !group.isTransferred ? 0 : group.rewind,
      density: isDense ? .one : density)
    return places[place] ?? []
  }

  /// One run per replicate: several draws of one count as their mean, and as failed where any failed.
  func compared(
    _ group: LotteryAnalysis.Group, _ arm: LotteryArm, _ density: Density
  ) -> [ComparedRun] {
    let chance = settings.chance(of: group)
    return self(group, arm, density).grouped(by: \.replicate).map { replicate, draws in
      let collapses = draws.map { $0.hasCollapsed(above: chance) }
      return ComparedRun(
        replicate: replicate, value: Sample.mean(draws.map { $0.accuracy ?? chance }),
        hasDiverged: draws.contains { $0.accuracy == nil },
        hasCollapsed: collapses.contains(true) ? true : collapses.contains(nil) ? nil : false)
    }
  }
}

extension LotteryRun {
  /// Whether all examples are given one class; `nil` where nothing tells.
  ///
  /// Without a path to an output they must be; above `chance`, the commonest class's share, they cannot be.
  func hasCollapsed(above chance: Double) -> Bool? {
    if connected == false { return true }
    if let predictedClasses { return predictedClasses == 1 }
    return accuracy.flatMap { $0 > chance ? false : nil }
  }
}
