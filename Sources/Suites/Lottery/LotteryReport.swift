import Laboratory
import Recipes
import Reports

extension AnalysisReport {
  /// The report of a lottery suite from its runs.
  init(suite: Suite, design: LotteryDesign, stored: StoredLottery) throws {
    records = LotteryRun.table(of: stored.runs)
    sections = [.provenance(suite, methods: [], runs: stored.provenance)]
  }
}
