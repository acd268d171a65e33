import Foundation
package import Laboratory
import Networks
import Pruning
package import Recipes

extension MaskRecipe: SoloAct {
  /// Ranks scores, once or in iterations, and keeps the recipe's density.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> MaskResult {
    let network = Network(problem)
    let within = try assignment.mask(in: InputRole.within, for: network)
    let schedule: PruningSchedule
    let subject: any PruningSubject
    switch self.scores {
    case .artifact:
      schedule = .oneShot
      let scores = try Pruning.Scores(
        readingFrom: assignment.file(ArtifactFile.scores, of: InputRole.scores), for: network)
      subject = MaskedSubject(within) { _, _ in scores }
    case .iterative(let inner, let iterations):
      schedule = iterations
      subject = try bench.subject(inner, assignment, network: network, scope: scope)(within)
    }
    let ranking = try IterativePruning(
      schedule: schedule, density: density, scope: scope, excluded: excluded,
      ownDensities: ownDensities ?? [:]
    ).run(
      subject, keeping: try selection.keeping(counts: try counts(of: assignment)),
      progress: assignment.report)
    let mask = try subject.mask
    try mask.write(to: assignment.output(ArtifactFile.mask))
    return MaskResult(
      audit: try MaskAudit(of: mask, in: network), ranking: ranking, change: nil)
  }

  /// Kept weights per layer after each iteration of the mask in the role `counts`.
  private func counts(of assignment: Assignment) throws -> [[Int]] {
    let record = try assignment.store.record(of: try assignment.input(InputRole.counts))
    let method = try JSONDecoder().decode(MaskResult.self, from: record.result)
    return method.ranking?.iterations ?? [method.audit.layers.map(\.kept)]
  }
}
