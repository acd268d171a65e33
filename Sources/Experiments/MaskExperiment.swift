import Ablations
import Digests
import Foundation
import Laboratory
import Networks
import Pruning
import Recipes

extension Workbench {
  /// Ranks scores, once or in iterations, and keeps the recipe's density.
  func rank(_ recipe: MaskRecipe, _ assignment: Assignment) throws -> MaskResult {
    let network = Network(recipe.problem)
    let within = try assignment.mask(in: InputRole.within, for: network)
    let schedule: PruningSchedule
    let subject: any PruningSubject
    switch recipe.scores {
    case .artifact:
      schedule = .oneShot
      let scores = try Scores(
        readingFrom: assignment.file(ArtifactFile.scores, of: InputRole.scores), for: network)
      subject = MaskedSubject(within) { _, _ in scores }
    case .iterative(let inner, let iterations):
      schedule = iterations
      subject = try self.subject(inner, assignment, network: network)(within)
    }
    let ranking = try IterativePruning(
      schedule: schedule, density: recipe.density, scope: recipe.scope, excluded: recipe.excluded,
      ownDensities: recipe.ownDensities ?? [:]
    ).run(
      subject, keeping: try recipe.selection.keeping(counts: try counts(of: assignment)),
      progress: assignment.report)
    let mask = try subject.mask
    try mask.write(to: assignment.output(ArtifactFile.mask))
    return MaskResult(
      audit: try MaskAudit(of: mask, in: network), ranking: ranking, shuffle: nil)
  }

  /// Permutes the mask within each layer.
  func shuffle(_ recipe: ShuffleRecipe, _ assignment: Assignment) throws -> MaskResult {
    let network = Network(recipe.problem)
    let original = try Mask(
      readingFrom: assignment.file(ArtifactFile.mask, of: InputRole.mask), for: network)
    let shuffled = original.shuffled(path: recipe.stream)
    try shuffled.write(to: assignment.output(ArtifactFile.mask))
    return MaskResult(
      audit: try MaskAudit(of: shuffled, in: network), ranking: nil,
      shuffle: MaskResult.Shuffle(of: original, to: shuffled))
  }

  /// Checks a mask of the user's and takes it into the store.
  func importMask(_ recipe: ImportedMaskRecipe, _ assignment: Assignment) throws -> MaskResult {
    let network = Network(recipe.problem)
    guard let path = settings.maskPaths[recipe.digest] else {
      throw ExperimentError.maskNotFound(digest: recipe.digest)
    }
    guard try Digest.sha256(ofFile: path).hexadecimal == recipe.digest else {
      throw ExperimentError.maskChanged(path: path)
    }
    let mask = try Mask(readingFrom: URL(fileURLWithPath: path), for: network)
    try mask.write(to: assignment.output(ArtifactFile.mask))
    return MaskResult(audit: try MaskAudit(of: mask, in: network), ranking: nil, shuffle: nil)
  }

  /// Kept weights per layer after each iteration of the mask in the role `counts`.
  private func counts(of assignment: Assignment) throws -> [[Int]] {
    let record = try assignment.store.record(of: try assignment.input(InputRole.counts))
    let method = try JSONDecoder().decode(MaskResult.self, from: record.result)
    return method.ranking?.iterations ?? [method.audit.layers.map(\.kept)]
  }
}
