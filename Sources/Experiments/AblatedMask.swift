import Ablations
package import Laboratory
import Networks
import Pruning
package import Recipes

extension AblatedMaskRecipe: SoloAct {
  /// Changes the mask, and records how.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> MaskResult {
    let network = Network(problem)
    let original = try Mask(
      readingFrom: assignment.file(ArtifactFile.mask, of: InputRole.mask), for: network)
    let change = MaskChange.named(ablation.name)
    let changed = change.act(original, stream)
    try changed.write(to: assignment.output(ArtifactFile.mask))
    return MaskResult(
      audit: try MaskAudit(of: changed, in: network), ranking: nil,
      change: change.audit(of: original, to: changed))
  }
}
