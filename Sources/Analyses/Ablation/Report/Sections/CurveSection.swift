import Suites
import Wording

extension AblationAnalysis {
  /// Learning curves of the dense network, then of every method and its ablations at each density.
  var curveSection: ReportSection {
    let dense = CurveSection.Group(
      "the dense network",
      [.init(panel: "", line: "dense network", table.dense.map(\.details.curve))])
    let groups = table.densities.map { density in
      CurveSection.Group(
        "at \(Format.percent(density.value))",
        table.methods.flatMap { method in
          table.arms(of: method).map { arm in
            .init(panel: method, line: arm.words, table.runs(arm, density).map(\.details.curve))
          }
        })
    }
    return CurveSection([dense] + groups).section
  }
}
