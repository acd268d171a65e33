import Recipes
import Suites
import Wording

extension LotteryAnalysis {
  /// Learning curves of the dense network, then of the ticket and its controls at each density.
  var curveSection: ReportSection {
    func arms(_ arms: [LotteryArm], at density: Density) -> [CurveSection.Arm] {
      groups.flatMap { group in
        arms.map { arm in
          .init(
            panel: settings.title(group), line: arm.words, runs(group, arm, density).map(\.curve))
        }
      }
    }
    let dense = CurveSection.Group("the dense network", arms([.dense], at: .one))
    let pruned = settings.densities.map { density in
      CurveSection.Group(
        "at \(Format.percent(density.value))",
        arms(groups.flatMap(settings.arms).distinct, at: density))
    }
    return CurveSection([dense] + pruned).section
  }
}
