import Recipes
import Statistics
import Suites

/// A ticket or a control of it against the dense network, or a control against the ticket.
struct TicketComparison: ComparedArms {
  let group: LotteryAnalysis.Group
  let treated: LotteryArm
  /// ``LotteryArm/dense`` or ``LotteryArm/ticket``.
  let control: LotteryArm
  /// What tells the group from others; empty where there is one.
  let place: String
  var cells: [ComparisonCell]
  let exploratory: [ComparisonCell]

  // Levels prune: no ticket is the dense network.
  let idle: [Density] = []

  /// More accurate than the dense network is a match too; a control that is better than the ticket is no equal of it.
  var sameness: Sameness { control == .dense ? .noWorse : .withinMargin }

  var name: String {
    "\(treated.words) against the \(control.words)" + (place.isEmpty ? "" : ", \(place)")
  }

  var words: (treated: String, control: String) {
    (treated.words, control == .dense ? "dense" : control.words)
  }

  /// Compares arms of `group` at all densities at which the treated one has runs; `nil` where no replicate has runs of
  /// both.
  ///
  /// - Parameter looks: those of the terms.
  init?(
    _ group: LotteryAnalysis.Group, _ treated: LotteryArm, with control: LotteryArm,
    in runs: LotteryRuns, place: String, looks: Looks?
  ) throws {
    (self.group, self.treated, self.control, self.place) = (group, treated, control, place)
    let settings = runs.settings
    let scale = try settings.scale(of: group, looks)
    let tested = settings.densities.sorted(by: >).map { density in
      (
        density: density, treated: runs.compared(group, treated, density),
        control: runs.compared(group, control, density)
      )
    }.filter { !$0.treated.isEmpty }
    let known = Set(tested.flatMap { ($0.treated + $0.control).map(\.replicate) }).sorted()
    // A design counts its replicates from 1; other tables may number them as they like.
    let replicates = looks == nil ? known : Array(1..<(known.last ?? 0) + 1)
    let all = try tested.map { density, treated, control in
      // Where runs go on until all is decided, what decides nothing has the replicates that others need.
      let isWhole = looks?.areSeveral != true || settings.primary.contains(density)
      let paired = Set(treated.map(\.replicate)).intersection(control.map(\.replicate))
      return try ComparisonCell(
        density, treated, control, replicates: isWhole ? replicates : paired.sorted(), scale: scale)
    }
    guard all.contains(where: { !$0.pairs.isEmpty }) else { return nil }
    cells = all.filter { settings.primary.contains($0.density) }
    exploratory = all.filter { !settings.primary.contains($0.density) }
  }
}
