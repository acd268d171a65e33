import Ablations
package import Laboratory
import Networks
import Pruning
package import Recipes

extension ShuffleRecipe: Act {
  /// Permutes the mask within each layer.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> MaskResult {
    let network = Network(problem)
    let original = try Mask(
      readingFrom: assignment.file(ArtifactFile.mask, of: InputRole.mask), for: network)
    let shuffled = original.shuffled(path: stream)
    try shuffled.write(to: assignment.output(ArtifactFile.mask))
    return MaskResult(
      audit: try MaskAudit(of: shuffled, in: network), ranking: nil,
      shuffle: MaskResult.Shuffle(of: original, to: shuffled))
  }
}
