/// How many runs a suite has, so that one of millions is refused before it is expanded.
enum SuiteSize {
  /// The most runs of one suite.
  static let most = 200_000
}

extension Suite.Analysis {
  /// Runs of `replicates` replicates; in floating point, where no product overflows.
  func runs(replicates: Int) -> Double { Double(replicates) * runsOfReplicate }

  private var runsOfReplicate: Double {
    switch self {
    case .ablation(let design):
      let arms = design.methods.reduce(0.0) { $0 + Double(1 + $1.ablations.count) }
      return Double(design.densities.count) * arms + (design.recordsDense ? 1 : 0)
    case .collapse(let design):
      return design.methods.reduce(0.0) {
        $0 + Double($1.ranking.schedule == .oneShot ? 1 : design.densities.count)
      }
    case .conservation(let design): return product(design.methods.count, design.steps.count)
    case .schedule(let design):
      return product(design.shapes.count, design.exponents.count, design.iterations.count)
    case .instability(let design):
      let pairs = product(design.orders, design.orders - 1) / 2
      return product(design.networks.count, design.steps.count) * pairs
    case .lottery(let design):
      let controls = Double(design.controls.arms.count + design.controls.reinitializations)
      let arms = (2 + controls) * (design.transfer == nil ? 1 : 2)
      return product(design.rewinds.count, design.ladder.levels) * arms + 1
    // Each curve is trained and measured, the segment measured.
    case .curve(let design):
      return product(design.networks.count, 2 * design.curves.count + 1)
    case .plane, .alignment, .dropoutStability: return 1
    }
  }

  private func product(_ factors: Int...) -> Double { factors.reduce(1.0) { $0 * Double($1) } }
}
